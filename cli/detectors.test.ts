import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Queue } from 'bullmq';
import { execa } from 'execa';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { detectors } from '../dashboard/detectors/detectors.ts';
import { evaluate, type Alerts } from '../dashboard/detectors/evaluate.ts';
import { measure } from '../dashboard/detectors/measure/measure.ts';
import type { History, Sample } from '../dashboard/detectors/sample.ts';
import { bugsShown } from '../dashboard/detectors/shown-bugs.ts';
import { fixedDirectory } from '../dashboard/queues/directory.ts';
import { whyNoRedis } from '../worker/testing/redis.ts';

const program = path.join(import.meta.dirname, 'testing', 'run-claim.ts');
const noRedis = await whyNoRedis();
const writeups = readWriteups();

/** A redis-server that notes the port of each one that is started: the brokers of a claim, then of its control. */
async function notingServer(folder: string) {
  const ports = path.join(folder, 'ports');
  await writeFile(ports, '');
  const file = path.join(folder, 'redis-server');
  await writeFile(
    file,
    `#!/bin/sh\ngrep -sh '^port ' "$@" >> '${ports}'\nexec redis-server "$@"\n`,
  );
  await chmod(file, 0o755);
  return {
    file,
    started: async () => {
      const lines = (await readFile(ports, 'utf8')).split(/\r?\n/);
      const found = lines.flatMap((line) => /^port \D*(\d+)/.exec(line)?.[1] ?? []);
      return [...new Set(found)].filter((port) => port !== '0');
    },
  };
}

/** Watches the queue of a scenario as a dashboard does, more often, and says what fired. */
async function watch(port: string, lastsSeconds: number, over: () => boolean) {
  const connection = new Redis(Number(port), '127.0.0.1', { maxRetriesPerRequest: 0 });
  connection.on('error', () => undefined);
  const queue = new Queue('numbers', { connection });
  queue.on('error', () => undefined);
  const fired = new Map<string, string[]>();
  const samples: Sample[] = [];
  let alerts: Alerts = new Map();
  const look = async () => {
    const sample = await measure(fixedDirectory([queue]));
    samples.push(sample);
    const history = samples as unknown as History;
    for (const detector of detectors) {
      // A scenario lasts seconds: what must last is shortened, what is measured and from where is not.
      const quick = { ...detector.thresholds, onForSeconds: lastsSeconds };
      const readings = detector.read(history);
      const step = evaluate(alerts, { ...detector, thresholds: quick }, readings, sample.at);
      alerts = step.alerts;
      for (const alert of step.changed) {
        if (alert.state !== 'firing') continue;
        const bugs = bugsShown(detector, alert, history, writeups).map(({ bug }) => bug);
        fired.set(detector.name, bugs);
      }
    }
  };
  // The broker is away at times: that is what some scenarios are about.
  await pWaitFor(
    async () => {
      await look().catch(() => undefined);
      return over();
    },
    { interval: 100, timeout: 100_000 },
  );
  connection.disconnect();
  return fired;
}

test.for([
  {
    bug: '013',
    claim: 'computing-job-stalls',
    version: '6.7.0',
    detector: 'stalled-jobs',
    lastsSeconds: 0,
  },
  {
    bug: '024',
    claim: 'evicted-lock-loses-the-job',
    version: '6.7.0',
    detector: 'broker-memory',
    lastsSeconds: 0,
  },
  {
    bug: '037',
    claim: 'kept-jobs-fill-the-memory',
    version: '6.7.0',
    detector: 'broker-memory',
    lastsSeconds: 0,
  },
  {
    bug: '011',
    claim: 'worker-stays-deaf',
    version: '6.3.2',
    detector: 'backlog-without-workers',
    // A worker takes a moment to connect, also in the control.
    lastsSeconds: 3,
  },
])(
  'the live broker of BUG-$bug trips $detector, that of its control does not',
  async ({ bug, claim, version, detector, lastsSeconds }, { skip }) => {
    if (noRedis !== undefined) skip(noRedis);
    if (process.platform !== 'linux') skip('the server is noted by a shell script');
    await using temporary = await makeTemporaryFolder('detectors');
    const server = await notingServer(temporary.path);
    const harness = execa(process.execPath, [program, bug, claim, version], {
      env: { POOLPROOF_REDIS: server.file },
      reject: false,
    });
    onTestFinished(() => void harness.kill());
    let over = false;
    void harness.finally(() => (over = true));
    const watched: Promise<Map<string, string[]>>[] = [];
    await pWaitFor(
      async () => {
        const ports = await server.started();
        for (const port of ports.slice(watched.length))
          watched.push(watch(port, lastsSeconds, () => over));
        return over;
      },
      { interval: 50, timeout: 110_000 },
    );
    const { stdout, stderr } = await harness;
    const result = JSON.parse(stdout === '' ? '{}' : stdout) as {
      verdict?: string;
      reason?: string;
    };
    if (result.verdict === 'not run') skip(result.reason);
    expect([result.verdict, stderr]).toEqual(['confirmed', stderr]);
    const [own, control] = await Promise.all(watched);
    expect([...(own?.keys() ?? [])]).toContain(detector);
    expect(own?.get(detector)).toContain(`BUG-${bug}`);
    expect([...(control?.keys() ?? [])]).not.toContain(detector);
  },
);
