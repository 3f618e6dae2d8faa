/** The steps of .github/actions/diagnose, run as a runner of GitHub runs them, without GitHub. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../catalog/project.ts';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';

const actionSchema = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ required: z.boolean() })),
  runs: z.looseObject({
    steps: z.array(z.looseObject({ id: z.string().optional(), run: z.string() })),
  }),
});

async function readAction() {
  const file = path.join(projectRoot, '.github', 'actions', 'diagnose', 'action.yml');
  return actionSchema.parse(parse(await readFile(file, 'utf8')));
}

/** Runs the step that diagnoses, in a folder with this log. */
async function runAction(log: string, logs: string) {
  await using folder = await makeTemporaryFolder('action');
  const output = path.join(folder.path, 'output.txt');
  await writeFile(path.join(folder.path, 'my worker.log'), log);
  const { runs } = await readAction();
  const script = runs.steps.find(({ id }) => id === 'diagnose')?.run ?? 'exit 70';
  // As a runner does: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
  const { exitCode, stdout, stderr } = await execa(
    // eslint-disable-next-line portable/no-shell -- every runner of GitHub has this one, and the test skips elsewhere
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
    {
      reject: false,
      cwd: folder.path,
      env: {
        ROOT: projectRoot,
        LOGS: logs,
        LOCKFILE: '',
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: path.join(folder.path, 'summary.md'),
      },
    },
  );
  return { exitCode, stdout, stderr, output: await readFile(output, 'utf8') };
}

describe.skipIf(process.platform === 'win32')('the action for GitHub', () => {
  test('annotates the known bug, and the job goes on', async () => {
    const log =
      '    tasks, accept, hostname = _loc\nValueError: not enough values to unpack (expected 3, got 0)';
    const { exitCode, stderr, output } = await runAction(log, 'my worker.log\n');
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: 'found=true\n' });
    expect(stderr).toMatch(/^::error title=BUG-001 \(sure\)::/m);
  });

  test('is silent where none is known', async () => {
    const { exitCode, stderr, output } = await runAction('all is well', 'my worker.log');
    expect({ exitCode, stderr, output }).toEqual({
      exitCode: 0,
      stderr: '',
      output: 'found=false\n',
    });
  });

  test('fails where a log cannot be read', async () => {
    const { exitCode, stderr } = await runAction('all is well', 'no.log');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('expected a log that can be read, got no.log');
  });
});
