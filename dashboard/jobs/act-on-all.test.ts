import type { Response } from 'express';
import type { Queue } from 'bullmq';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../access/access.ts';
import { actOnAll, type Told } from './act-on-all.ts';
import type { Target } from './act.ts';

const promoted: string[] = [];
const backend = {
  getState: () => Promise.resolve('delayed'),
  promote: (id: string) => {
    promoted.push(id);
    return id === '13' ? Promise.reject(new Error('the broker is away')) : Promise.resolve();
  },
};
const queue = {
  id: 'lanes',
  name: 'lanes',
  queue: { getBackend: () => backend } as unknown as Queue,
};

/** Promotes 500 jobs. @param goAway after how many lines the client goes away. */
async function promote(goAway = Infinity) {
  promoted.length = 0;
  const lines: Told[] = [];
  const audited: AuditEntry[] = [];
  const response = {
    destroyed: false,
    set: () => response,
    end: () => response,
    write: (text: string) => {
      lines.push(JSON.parse(text) as Told);
      if (lines.length >= goAway) response.destroyed = true;
      return true;
    },
  };
  const targets = Array.from({ length: 500 }, (_, n): Target => ({
    queue,
    id: String(n),
    state: 'delayed',
  }));
  await actOnAll(response as unknown as Response, {
    action: 'promote',
    words: 'promote jobs',
    targets,
    person: { name: 'olaf', role: 'operator', sees: () => true },
    audit: (entry) => Promise.resolve(void audited.push(entry)),
  });
  return { lines, audited };
}

test('the result of each job is told and audited; one that fails stops none', async () => {
  const { lines, audited } = await promote();
  expect(lines.at(-1)).toMatchObject({ done: 499, failed: 1, notDone: 0 });
  expect(lines.find((one) => one.tells === 'job' && one.job === '13')).toMatchObject({
    outcome: 'failed',
    says: 'the broker is away',
  });
  const ids = audited.flatMap(({ subject = '' }) => subject.split(' '));
  expect(new Set(ids).size).toBe(500);
  expect(audited.find(({ action }) => action === 'promote jobs: failed')).toMatchObject({
    subject: '13',
    queue: 'lanes',
    person: 'olaf',
  });
});

test('when the client goes away, what was not begun stays as it is', async () => {
  const { lines, audited } = await promote(10);
  expect(promoted.length).toBeLessThan(100);
  expect(lines.at(-1)).toMatchObject({ tells: 'end', notDone: 500 - promoted.length });
  expect(audited.flatMap(({ subject = '' }) => subject.split(' '))).toHaveLength(promoted.length);
});
