import { NotRun } from '../../lab/not-run.ts';
import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('plain-name-fails', (run) => doubleTwo(run, 'numbers', false));
claim('flag-works', (run) => doubleTwo(run, 'numbers', true));
claim('hashtag-works', (run) => doubleTwo(run, '{numbers}', false));

/** @param allowed whether Dragonfly must have been started with allow-undeclared-keys. */
async function doubleTwo(run: Run, queue: string, allowed: boolean): Promise<void> {
  await requireDragonfly(run, allowed);
  await using _worker = await run.worker({ env: { QUEUE: queue } });
  await run.submit(`${queue}.double`, [2], { expect: 4 });
}

/**
 * Nothing that we can start is a Dragonfly, and none is imitated.
 *
 * @throws NotRun unless the broker is one, with the flag or without it as the claim says.
 */
async function requireDragonfly(run: Run, allowed: boolean): Promise<void> {
  const flag = '--default_lua_flags=allow-undeclared-keys';
  if (!/^dragonfly_version:/m.test(await run.redis.info('server'))) {
    throw new NotRun(
      `the broker is no Dragonfly; start one ${allowed ? 'with' : 'without'} ${flag}, and name it with --broker URL`,
    );
  }
  if ((await allowsUndeclaredKeys(run)) !== allowed) {
    throw new NotRun(`Dragonfly must be started ${allowed ? 'with' : 'without'} ${flag}`);
  }
}

async function allowsUndeclaredKeys({ redis }: Run): Promise<boolean> {
  try {
    await redis.eval("return redis.call('EXISTS', 'undeclared')", 0);
    return true;
  } catch {
    return false;
  }
}
