/**
 * From a fresh clone after `npm ci` to the first confirmed claim, with nothing in the cache, against a
 * peer: making a virtual environment with the same Celery by hand.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { askToStop } from '../worker/testing/signals.ts';

const celery = '5.6.1';
const targetSeconds = 60;
const program = path.join(import.meta.dirname, '..', 'cli', 'poolproof.mjs');

/** Seconds until the harness says that a claim is confirmed; undefined where it confirms none. */
async function firstConfirmed(cache: string): Promise<number | undefined> {
  const start = performance.now();
  const harness = execa(
    process.execPath,
    [program, 'harness', '001', '--engine', `celery@${celery}`],
    { env: { POOLPROOF_CACHE: cache }, reject: false },
  );
  for await (const line of harness.iterable({ from: 'stderr' })) {
    if (!/^✔ .* confirmed /.test(line)) continue;
    const seconds = (performance.now() - start) / 1000;
    askToStop(harness);
    await harness;
    return seconds;
  }
  return undefined;
}

async function byHand(folder: string): Promise<number> {
  const start = performance.now();
  const environment = path.join(folder, 'by-hand');
  const [python, bin] = process.platform === 'win32' ? ['py', 'Scripts'] : ['python3', 'bin'];
  await execa(python, ['-m', 'venv', environment]);
  await execa(path.join(environment, bin, 'pip'), ['install', '-q', `celery[redis]==${celery}`]);
  return (performance.now() - start) / 1000;
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-bench-'));
try {
  const seconds = await firstConfirmed(path.join(folder, 'cache'));
  if (seconds === undefined) {
    process.stdout.write(
      'first claim: none confirmed here; install Python 3 with venv and redis-server\n',
    );
  } else {
    const peer = await byHand(folder);
    process.stdout.write(
      [
        `first claim: ${seconds.toFixed(1)} s to the first confirmed claim (at most ${targetSeconds} s), ${peer.toFixed(1)} s for its Celery by hand`,
        `first claim: ours / by hand = ${(seconds / peer).toFixed(2)}`,
        '',
      ].join('\n'),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
