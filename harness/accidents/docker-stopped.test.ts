import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { beforeAll, expect, test, vi } from 'vitest';
import { ourImage } from '../lab/docker/image.ts';
import { dockerProxy } from '../lab/testing/docker-proxy.ts';
import { fixtureCache } from '../lab/testing/fixture-cache.ts';
import { fixtureHarness, fixtureProject } from '../fixtures/project.ts';
import { programsAbout } from '../lab/testing/programs-about.ts';
import { resultsIn } from '../on-wine/wine-harness.ts';
import { NotRun } from '../lab/not-run.ts';

vi.setConfig({ testTimeout: 300_000 });

let image: string | NotRun;
beforeAll(async () => {
  const folder = path.join(import.meta.dirname, '..', 'lab', 'brokers', 'redis', 'image');
  image = await ourImage('poolproof-redis', folder, {}, () => undefined).catch((error: unknown) => {
    if (error instanceof NotRun) return error;
    throw error;
  });
}, 600_000);

test('Docker is stopped while Redis runs in it: claims without Redis go on', async ({ skip }) => {
  if (image instanceof NotRun) return skip(image.message);
  await using docker = await dockerProxy();
  await using cache = await fixtureCache();
  const env = { POOLPROOF_CACHE: cache.folder, DOCKER_HOST: docker.host };
  const [file, args] = fixtureHarness(fixtureProject('faults'), '--broker', 'container');
  const runner = execa(file, args, { env, reject: false });
  await pWaitFor(
    () => {
      const programs = programsAbout(cache.folder).join('\n');
      return programs.includes('beside-redis') && programs.includes('alone');
    },
    { timeout: 100_000, interval: 50 },
  );
  await docker.stop();
  const { stdout, stderr } = await runner;
  const { 'waits-with-redis': withRedis, ...others } = resultsIn(stdout);
  expect(withRedis?.verdict).toBe('not run');
  expect(withRedis?.reason).toContain(
    'the Docker engine stopped answering in the middle of the run',
  );
  expect(others['waits-without']?.verdict).toBe('confirmed');
  expect(others['ends-at-once']?.verdict).toBe('confirmed');
  expect(stderr).toContain('the next start tries again');

  await docker.start();
  const next = await execa(...fixtureHarness(fixtureProject('wine')), { env });
  expect(next.stderr).toContain('swept what 1 interrupted run(s) had left');
  expect(await readdir(path.join(cache.folder, 'runs'))).toEqual([]);
});
