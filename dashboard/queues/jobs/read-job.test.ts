import { expect, test } from 'vitest';
import { brokerAt } from '../../../worker/broker/broker.ts';
import { useDatabase } from '../../../worker/testing/database.ts';
import { listLimits } from './limits.ts';
import { readJob } from './read-job.ts';
import { readWhole } from './read-whole.ts';

const context = useDatabase();

test('a job in PostgreSQL that is too deep or too large is read all the same', async () => {
  await using open = brokerAt(context.url).openQueue('sick', () => undefined);
  const { queue } = open;
  await queue.add('fine', { pump: 7 }, { jobId: 'fine' });
  await queue.add('large', { text: 'x'.repeat(100_000) }, { jobId: 'large' });
  await queue.add('deep', {}, { jobId: 'deep' });
  const deep = '['.repeat(6000) + ']'.repeat(6000);
  await context.database.pool.query(
    `update poolproof_queue.job set data = $1 where queue = 'sick' and id = 'deep'`,
    [deep],
  );
  const read = (id: string) => readJob(queue, id, listLimits, '/whole');
  // The control: BullMQ itself cannot read it.
  await expect(queue.getJob('deep')).rejects.toThrow('Maximum call stack size exceeded');
  expect((await read('deep'))?.data).toEqual({
    $poolproof: expect.stringContaining('This job cannot be read') as string,
  });
  expect((await read('fine'))?.data).toEqual({ pump: 7 });
  expect((await read('large'))?.data).toMatchObject({
    $poolproof: expect.stringContaining('data has 98 KiB') as string,
  });
  expect(await read('nobody')).toBeUndefined();
  const whole = new Map(await readWhole(queue, 'large'));
  expect(whole.get('data')).toContain('x'.repeat(100_000));
  await (await read('deep'))?.remove();
  expect(await queue.getJobCounts('waiting')).toEqual({ waiting: 2 });
});
