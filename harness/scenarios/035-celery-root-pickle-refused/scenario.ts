import { NotRun } from '../../lab/not-run.ts';
import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const both = 'json pickle';

claim('root-with-pickle-is-refused', (run) => double(run, both));
claim('json-alone-works', (run) => double(run, 'json'));
claim('force-root-works', (run) => double(run, both, { C_FORCE_ROOT: '1' }));

async function double(run: Run, accept: string, more = {}): Promise<void> {
  if (process.getuid?.() !== 0) throw new NotRun('this takes root; run it as root');

  await using worker = await run.worker({ env: { ACCEPT: accept, ...more } });
  await run.submit('tasks.double', [2], {
    expect: 4,
    giveUp: () => (worker.exit ? 'the worker had ended' : undefined),
  });
  run.facts({
    'exit code': worker.exit?.code ?? 'none',
    'warned of root': run.count('with superuser privileges: this is', [worker]) > 0,
  });
}
