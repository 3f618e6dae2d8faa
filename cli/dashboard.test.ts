import path from 'node:path';
import { execa } from 'execa';
import waitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../catalog/project.ts';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import { askToStop, whyNoSignals } from '../worker/testing/signals.ts';

const program = path.join(projectRoot, 'cli', 'poolproof.mjs');

function runDashboard(...args: string[]) {
  const env = { DATABASE_URL: '' };
  const dashboard = execa(process.execPath, [program, 'dashboard', ...args], {
    env,
    reject: false,
  });
  onTestFinished(() => void dashboard.kill('SIGKILL'));
  return dashboard;
}

test(
  'the board comes up over a broker, says that no worker is there, and stops',
  { timeout: 90_000 },
  async ({ skip }) => {
    await using broker = await startEmbeddedPostgres();
    const dashboard = runDashboard('--broker', broker.url, '--port', '0');
    let printed = '';
    dashboard.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor(() => printed.includes('Ctrl-C'), { timeout: 20_000 });
    const url = /http:\/\/[\d.:]+/.exec(printed)?.[0] ?? '';

    expect((await fetch(`${url}/board/`)).status).toBe(200);
    let health: unknown;
    const isBrokerUp = async () => {
      health = await (await fetch(`${url}/healthz`)).json();
      return (health as { broker: { status: string } }).broker.status === 'up';
    };
    await waitFor(isBrokerUp, { timeout: 20_000 });
    expect(health).toEqual({
      status: 'down',
      broker: { status: 'up' },
      worker: { status: 'down', reason: 'no worker is connected to the queue imports' },
    });

    if (whyNoSignals !== undefined) skip(whyNoSignals);
    askToStop(dashboard);
    const { exitCode, stderr } = await dashboard;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  },
);

test.for([
  [['--broker', 'http://x'], 'begins with redis:// or postgres://'],
  [[], 'Name one: --broker'],
  [['--broker', 'redis://127.0.0.1:1', '--port', '99999'], 'from 0 (any free port) to 65535'],
  [['--broker', 'redis://127.0.0.1:1', '--host', '192.0.2.1'], 'no address of this machine'],
  [['--broker', 'redis://127.0.0.1:1', '--host', '0.0.0.0'], '--host 0.0.0.0 --users users.json'],
  [['--broker', 'redis://127.0.0.1:1', '--host', '::'], '--trust-header X-Forwarded-User'],
] as const)('bad usage %j ends with exit code 2', async ([args, complaint]) => {
  const { exitCode, stderr } = await runDashboard(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(complaint);
});
