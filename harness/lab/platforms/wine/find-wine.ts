import { currentWorkspace } from '../../sweep/current-workspace.ts';
import { runBounded } from '../../sweep/run-bounded.ts';

/** Wine says its version in a tenth of a second. */
const deadlineMs = 10_000;

/** The version of the Wine of this machine, or why it cannot be used. */
export async function findWine(): Promise<{ version: string } | { whyNot: string }> {
  const { how, code, stdout, stderr } = await runBounded('wine', ['--version'], {
    deadlineMs,
    workspace: currentWorkspace.getStore(),
  });
  switch (how) {
    case 'well':
      return { version: stdout.trim() };
    case 'missing':
      return { whyNot: 'there is no Wine here (Debian: apt-get install wine wine64)' };
    case 'late':
      return { whyNot: `\`wine --version\` had not answered after ${deadlineMs / 1000} s` };
    case 'failed': {
      const words = stderr.trim().split('\n').at(-1) ?? '';
      return {
        whyNot: `\`wine --version\` ended with code ${code ?? 'none'}${words && `: ${words}`}`,
      };
    }
  }
}
