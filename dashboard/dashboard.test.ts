import { expect, test } from 'vitest';
import { startLanesBoard } from './fixtures/lanes-board.ts';

const failedJobs = '/board/api/queues?activeQueue=lanes&status=failed&page=1&jobsPerPage=10';

test('the board links failed jobs to their pages, and outlives its broker', async () => {
  await using board = await startLanesBoard();
  const get = async (path: string) => {
    const response = await fetch(board.url + path, { signal: AbortSignal.timeout(5000) });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  const ownPage = (job: number) => `/ops/failures/job?queue=lanes&job=${job}`;
  const { body } = await get(failedJobs);
  const [lanes] = (body as { queues: { jobs: { name: string; externalUrl?: object }[] }[] }).queues;
  expect(lanes?.jobs.map((job) => [job.name, job.externalUrl])).toEqual([
    ['unknown', { href: ownPage(2), displayText: 'Unknown: report it →' }],
    ['known', { href: ownPage(1), displayText: 'Known: BUG-900 The pump loses lanes →' }],
  ]);
  expect(await get('/healthz')).toEqual({
    status: 200,
    body: { status: 'up', broker: { status: 'up' } },
  });

  await board.stopBroker();
  expect(await get('/healthz')).toMatchObject({
    status: 503,
    body: { status: 'down', broker: { status: 'down' } },
  });
  const { status, body: refusal } = await get(failedJobs);
  expect(refusal).toMatchObject({
    status: 503,
    detail: expect.stringMatching(/^The broker is down: ./) as string,
    // What Bull Board's own page shows.
    message: expect.stringMatching(/^The broker is down: ./) as string,
  });
  expect(status).toBe(503);
});
