import path from 'node:path';
import { execa } from 'execa';
import type { TestContext } from 'vitest';
import { installWindowsCelery } from '../lab/engines/celery/windows/install.ts';
import { installWindowsPython } from '../lab/runtimes/windows/python.ts';
import { prepareContainerWine } from '../lab/platforms/wine/container-wine.ts';
import { prepareMachine } from '../lab/platforms/wine/prepare-machine.ts';
import type { toJson } from '../report/json.ts';
import { NotRun } from '../lab/not-run.ts';
import { fixtureHarness, fixtureProject } from '../fixtures/project.ts';

const quiet = () => undefined;
const newest = { version: '5.7.0', python: '3.11', install: undefined };

/** The folders of the machine's cache that the fixtures on Wine need, made ready; or why they cannot be had. */
export async function wineFolders(where: 'host' | 'container'): Promise<string[] | NotRun> {
  try {
    const machine =
      where === 'host'
        ? await prepareMachine('windows-7', quiet)
        : await prepareContainerWine('windows-7', quiet);
    if (machine.how !== where) return new NotRun('there is no Wine on this machine');
    const python = await installWindowsPython('3.11', quiet);
    const celery = await installWindowsCelery(newest, quiet);
    const template = where === 'host' ? [machine.template] : [];
    return [...template, path.dirname(machine.redirector), python.folder, celery.sitePackages];
  } catch (error) {
    if (error instanceof NotRun) return error;
    throw error;
  }
}

/** The folders; without them the test is skipped, and says why. */
export function orSkip(folders: string[] | NotRun, { skip }: Pick<TestContext, 'skip'>): string[] {
  return folders instanceof NotRun ? skip(folders.message) : folders;
}

/** Starts the harness on a fixture project, on Wine. */
export function startOnWine(
  project: string,
  env: Readonly<Record<string, string>>,
  ...args: string[]
) {
  const [file, options] = fixtureHarness(fixtureProject(project), '--platform', 'wine', ...args);
  return execa(file, options, { env, reject: false });
}

/** What became of each claim. */
export function resultsIn(stdout: string): Record<string, { verdict: string; reason: string }> {
  const { results } = JSON.parse(stdout) as ReturnType<typeof toJson>;
  return Object.fromEntries(
    results.map(({ claim, verdict, reason }) => [claim, { verdict, reason }]),
  );
}

/** What would be recorded of each claim that ran. */
export function evidenceIn(stdout: string) {
  const { results } = JSON.parse(stdout) as ReturnType<typeof toJson>;
  return Object.fromEntries(
    results.flatMap(({ claim, evidence }) => (evidence === null ? [] : [[claim, evidence]])),
  );
}
