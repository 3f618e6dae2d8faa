import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { cellName } from '../../catalog/evidence/schema.ts';
import { folders } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { installWindowsNode } from '../lab/runtimes/windows/node.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { NotRun } from '../lab/not-run.ts';
import { gather } from '../record/gather.ts';
import type { Run } from '../scenario/run.ts';
import { Laboratory } from '../scenario/laboratory.ts';
import { select } from '../selection/select.ts';
import { Workspace } from '../lab/sweep/workspace.ts';
import { sweepWorkspace } from '../lab/sweep/sweep.ts';
import { prepareMachine } from '../lab/platforms/wine/prepare-machine.ts';
import { wine, type PreparedWine } from '../lab/platforms/wine/wine.ts';

vi.setConfig({ testTimeout: 300_000 });

const quiet = () => undefined;
const root = fixtureProject('wine');
const cases = select(readWriteups(root), { platform: 'wine' });
const [{ slug, cell } = { slug: '', cell: undefined }] = cases;

let python: PreparedWine | NotRun;
let node: PreparedWine | NotRun;
beforeAll(async () => {
  if (cell === undefined) throw new Error('the fixture has no claim');
  python = await wine.prepare(cell, quiet).catch(orNotRun);
  node = await prepareNode().catch(orNotRun);
}, 600_000);

function orNotRun(error: unknown): NotRun {
  if (error instanceof NotRun) return error;
  throw error;
}

/** Node for Windows without any engine. */
async function prepareNode(): Promise<PreparedWine> {
  const machine = await prepareMachine('windows-10', quiet);
  const engine = { windows: 'windows-10', prints: 'into a file', env: {} } as const;
  const versions = {};
  return {
    ...{ kind: 'wine', machine, versions },
    engine: { ...engine, ...(await installWindowsNode(quiet)) },
  };
}

/** Tests a claim of the fixture, control and all, on a platform made ready like that. */
async function verdictOf(claim: string, prepared: PreparedWine, file = 'program.py') {
  const workspace = await Workspace.create();
  try {
    const laboratory = new Laboratory(
      {
        ...{ root, workspaceFolder: workspace.folder, cases },
        readiness: Object.fromEntries(cases.map(({ cell }) => [cellName(cell), { prepared }])),
        brokers: { asked: 'auto', made: {} },
      },
      path.join(folders.scenarios(root), slug),
    );
    for (const [id, what] of Object.entries({
      'keep-alive-fails': 'keep_alive',
      'without-works': 'nothing',
      'missing-file-fails': 'missing_file',
    })) {
      laboratory.addScenario(id, (workspace) => runProgram(workspace, file, what));
    }
    const one = cases.find((one) => one.claim.id === claim);
    if (one === undefined) throw new Error(`the fixture has no claim ${claim}`);
    return gather(one, [await laboratory.test(one)], [{ atOnce: 1, load: 0 }]);
  } finally {
    await sweepWorkspace(workspace);
  }
}

/** As the fixture's scenario does. */
async function runProgram(workspace: Run, file: string, what: string): Promise<void> {
  await using program = await workspace.actor(file, { args: [what] });
  const exit = await program.ended();
  workspace.job({ name: what, state: exit?.code === 0 ? 'completed' : 'failed' });
}

describe('an artefact of Wine cannot be taken for a bug:', () => {
  test('a claim that expects an error by number is confirmed by an error of Windows', async ({
    skip,
  }) => {
    if (python instanceof NotRun) return skip(python.message);
    expect(await verdictOf('missing-file-fails', python)).toMatchObject({ verdict: 'confirmed' });
  });

  test('by WinError 10042 for TCP_KEEPIDLE it is not', async ({ skip }) => {
    if (python instanceof NotRun) return skip(python.message);
    expect(await verdictOf('keep-alive-fails', python)).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringMatching(
        /^an artefact of Wine, not of Windows: it lacks TCP_KEEPIDLE/,
      ) as string,
      asWritten: false,
    });
  });

  test('by WinError 6 of a Python whose streams are no pipes it is not, and neither is its control', async ({
    skip,
  }) => {
    if (python instanceof NotRun) return skip(python.message);
    const intoFile: PreparedWine = {
      ...python,
      engine: { ...python.engine, prints: 'into a file' },
    };
    for (const claim of ['missing-file-fails', 'without-works']) {
      expect(await verdictOf(claim, intoFile)).toMatchObject({
        verdict: 'unknown',
        reason: expect.stringMatching(
          /^an artefact of Wine, not of Windows: its standard handles were no pipes/,
        ) as string,
        asWritten: false,
      });
    }
  });

  test('by EBADF of a Node that prints into a pipe it is not', async ({ skip }) => {
    if (node instanceof NotRun) return skip(node.message);
    expect(await verdictOf('without-works', node, 'program.mjs')).toMatchObject({
      reason: expect.stringContaining('seen: 1 of 1 jobs completed') as string,
    });
    const intoPipes: PreparedWine = { ...node, engine: { ...node.engine, prints: 'into pipes' } };
    expect(await verdictOf('without-works', intoPipes, 'program.mjs')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringMatching(
        /^an artefact of Wine, not of Windows: Node cannot print into a pipe/,
      ) as string,
      asWritten: false,
    });
  });
});
