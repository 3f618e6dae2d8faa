import path from 'node:path';
import { execa } from 'execa';
import waitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../catalog/project.ts';
import { makeGate } from '../worker/testing/gate.ts';
import { useDatabase } from '../worker/testing/database.ts';
import { askToStop, whyNoSignals } from '../worker/testing/signals.ts';

const program = path.join(projectRoot, 'cli', 'poolproof.mjs');
const context = useDatabase();

function run(databaseUrl: string, ...args: string[]) {
  const child = execa(process.execPath, [program, ...args], {
    env: { DATABASE_URL: databaseUrl },
    reject: false,
    all: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = { text: '' };
  let over = false;
  void child.then(() => (over = true));
  child.all.on('data', (chunk: Buffer) => (printed.text += chunk.toString()));
  /** Waits for a text, or for the end of the program, and shows what was printed where it does not come. */
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    const complain = () => {
      throw new Error(`Expected ${what}, got: ${printed.text}`);
    };
    const timeout = { milliseconds: 30_000, fallback: complain };
    await waitFor(isSo, { interval: 50, timeout });
  };
  return {
    child,
    printed,
    prints: (text: string) => until(`"${text}"`, () => printed.text.includes(text)),
    ended: async () => {
      await until('the end', () => over);
      return child;
    },
  };
}

const worker = ['worker', '--pool', 'solo'];

test(
  'a database that is down at the start is waited for',
  { timeout: 120_000 },
  async ({ skip }) => {
    await using gate = await makeGate(context.url);
    const { child, printed, prints, ended } = run(gate.url, ...worker);
    await prints('no answer at 127.0.0.1:');
    await gate.open();
    await prints('ready: pool solo');
    expect(printed.text).not.toMatch(/^\s+at /m);
    expect(printed.text.match(/no answer/g)).toHaveLength(1);
    if (whyNoSignals !== undefined) skip(whyNoSignals);
    askToStop(child);
    expect((await ended()).exitCode).toBe(0);
  },
);

test('waiting for a database ends with Ctrl-C', { timeout: 120_000 }, async ({ skip }) => {
  if (whyNoSignals !== undefined) skip(whyNoSignals);
  await using gate = await makeGate(context.url);
  const { child, printed, prints, ended } = run(gate.url, ...worker);
  await prints('no answer');
  askToStop(child);
  expect((await ended()).exitCode).toBe(0);
  expect(printed.text).not.toMatch(/^\s+at /m);
});

const changed = (change: (url: URL) => void) => (): string => {
  const url = new URL(context.url);
  change(url);
  return url.href;
};

test.for([
  [
    'a wrong password',
    changed((url) => (url.password = 'wrong')),
    'password authentication failed',
  ],
  ['no such user', changed((url) => (url.username = 'nobody')), 'password authentication failed'],
  [
    'no such database',
    changed((url) => (url.pathname = '/none')),
    'database "none" does not exist',
  ],
  [
    'another kind of URL',
    (): string => 'redis://127.0.0.1:1',
    'expected the URL of a PostgreSQL, got redis:',
  ],
  ['no URL', (): string => 'localhost', 'expected the URL of a PostgreSQL, got no URL'],
] as const)('%s in DATABASE_URL ends with exit code 2 and no stack', async ([, url, complaint]) => {
  const { ended } = run(url(), ...worker, '--broker', 'redis://127.0.0.1:1');
  const { exitCode, all } = await ended();
  expect(all).toContain(complaint);
  expect(all).not.toContain(new URL(context.url).password);
  expect(all).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
});
