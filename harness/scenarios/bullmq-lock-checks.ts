import type { Run } from '../scenario/run.ts';

/**
 * Notes what a reader looks at to tell which of several causes took the lock of a job away. The pages of
 * all of them begin with a table of these checks, so that each run shows what each of them prints.
 *
 * @param queue the beginning of its keys.
 */
export async function noteLockChecks(run: Run, queue = 'bull:numbers'): Promise<void> {
  const stats = await run.redis.info('stats');
  const commands = await run.redis.info('commandstats');
  const events = await run.redis.xrange(`${queue}:events`, '-', '+');
  run.facts({
    'missing lock': run.count('Missing lock for job') > 0,
    'could not renew': run.count('could not renew lock for job') > 0,
    'missing key': run.count('Missing key for job') > 0,
    'stalled event': events.some(([, fields]) => fields.includes('stalled')),
    'keys evicted': !/^evicted_keys:0\r?$/m.test(stats),
    flushed: /^cmdstat_flush(?:all|db):/m.test(commands),
  });
}
