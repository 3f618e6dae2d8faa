import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { z } from 'zod';

const workflowSchema = z.looseObject({
  env: z.record(z.string(), z.string()).default({}),
  jobs: z.record(
    z.string(),
    z.looseObject({
      steps: z.array(
        z.looseObject({
          id: z.string().optional(),
          name: z.string().optional(),
          if: z.string().optional(),
          uses: z.string().optional(),
          run: z.string().optional(),
          env: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});

/** What a job is run with. */
export interface JobRun {
  /** The clone it runs in. */
  readonly workspace: string;
  /** RUNNER_TEMP, and where the files are by which steps tell of outputs. */
  readonly temporary: string;
  /** What stands for expressions, by their text: `matrix.platform`. Of conditions: whether they hold. */
  readonly expressions: Readonly<Record<string, string | boolean>>;
  readonly env: Readonly<Record<string, string>>;
}

/** What became of a job. */
export interface JobEnd {
  readonly exitCode: number;
  /** What its steps printed. */
  readonly log: string;
  /** By step id and name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly summary: string;
  /** The steps with `run` that were run, by name. */
  readonly ran: readonly string[];
}

/**
 * Runs the `run` steps of a job of a workflow in their order, as a runner of GitHub does, without GitHub:
 * actions are left out. An expression that is not among those given is an error.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
export async function runJob(
  text: string,
  name: string,
  { workspace, temporary, expressions, env }: JobRun,
): Promise<JobEnd> {
  const { env: always, jobs } = workflowSchema.parse(parse(text));
  const job = jobs[name];
  if (job === undefined)
    throw new Error(`expected a job ${name}, got ${Object.keys(jobs).join(', ')}`);
  const files = Object.fromEntries(
    ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((file) => [
      file,
      path.join(temporary, `${file}.txt`),
    ]),
  );
  let kept: Record<string, string> = { ...always, ...env };
  const outputs: Record<string, Record<string, string>> = {};
  const ran: string[] = [];
  let log = '';
  for (const step of job.steps) {
    if (step.run === undefined || !holds(step.if, expressions)) continue;
    ran.push(step.name ?? step.run);
    const own = Object.fromEntries(
      Object.entries(step.env).map(([key, value]) => [key, evaluated(value, expressions)]),
    );
    // eslint-disable-next-line portable/no-shell -- every runner of GitHub has this one, and the test skips elsewhere
    const { exitCode, all } = await execa(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', evaluated(step.run, expressions)],
      {
        reject: false,
        all: true,
        cwd: workspace,
        env: { ...kept, ...files, ...own, RUNNER_TEMP: temporary, GITHUB_ACTIONS: 'true' },
      },
    );
    log += `${all}\n`;
    kept = { ...kept, ...(await takeLines(files.GITHUB_ENV)) };
    if (step.id !== undefined) outputs[step.id] = await takeLines(files.GITHUB_OUTPUT);
    if (exitCode !== 0)
      return { exitCode: exitCode ?? 70, log, outputs, ran, summary: await summary() };
  }
  return { exitCode: 0, log, outputs, ran, summary: await summary() };

  async function summary(): Promise<string> {
    const file = files.GITHUB_STEP_SUMMARY ?? '';
    return existsSync(file) ? readFile(file, 'utf8') : '';
  }
}

function holds(condition: string | undefined, expressions: JobRun['expressions']): boolean {
  if (condition === undefined) return true;
  const text = condition.replace(/^\$\{\{\s*(.*?)\s*\}\}$/, '$1');
  const value = expressions[text];
  if (typeof value === 'boolean') return value;
  throw new Error(`expected to be told whether ${text} holds`);
}

function evaluated(text: string, expressions: JobRun['expressions']): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    const value = expressions[expression];
    if (typeof value === 'string') return value;
    throw new Error(`expected a value for ${expression}`);
  });
}

/** Reads `name=value` lines, and begins the file anew. */
async function takeLines(file = ''): Promise<Record<string, string>> {
  if (!existsSync(file)) return {};
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  await rm(file, { maxRetries: 5 });
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
