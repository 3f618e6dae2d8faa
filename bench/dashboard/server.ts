/** One of the two dashboards that bench/dashboard.ts compares, in a process of its own. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Queue } from 'bullmq';
import { getOneMessage, sendMessage } from 'execa';
import express, { type Express, type RequestHandler } from 'express';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { takeAddress } from '../../dashboard/server/address.ts';

const [who, url = '', count = ''] = process.argv.slice(2);
const names = Array.from({ length: Number(count) }, (_value, index) => `bench-${index}`);

/** Bull Board as its documentation sets it up, with one connection for all queues. */
function bare(): Express {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.setMaxListeners(0);
  const serverAdapter = new ExpressAdapter().setBasePath('/board');
  const queues = names.map((name) => new BullMQAdapter(new Queue(name, { connection })));
  createBullBoard({ queues, serverAdapter });
  return express().use('/board', serverAdapter.getRouter() as RequestHandler);
}

/** What `poolproof dashboard` serves. What it is made of is loaded for it alone. */
async function ours(): Promise<Express> {
  const { keepYoungHeapSmall } = await import('../../dashboard/server/small-heap.ts');
  keepYoungHeapSmall();
  const { readWriteups } = await import('../../catalog/writeup/read.ts');
  const { createKnownBugLink } = await import('../../dashboard/board/known-bug-link.ts');
  const { createKnownBugs } = await import('../../dashboard/known-bugs/known-bugs.ts');
  const { createDashboard } = await import('../../dashboard/dashboard.ts');
  const { createDocsSite } = await import('../../dashboard/docs/docs-site.ts');
  const { createExplainer } = await import('../../dashboard/health/explain.ts');
  const probes = await import('../../dashboard/health/queue-probes.ts');
  const { readBrokerUrl } = await import('../../dashboard/queues/broker-url.ts');
  const { findQueues } = await import('../../dashboard/queues/found-directory.ts');
  const queues = findQueues(readBrokerUrl(url));
  const writeups = readWriteups();
  const explainer = createExplainer(writeups);
  const { app } = createDashboard({
    queues,
    knownBugLink: createKnownBugLink(writeups),
    knownBugs: createKnownBugs(writeups),
    writeups,
    probes: {
      broker: probes.probeCondition(queues.source, explainer),
      queues: probes.probeQueues(queues, explainer),
    },
    answers: probes.probeAnswer(queues.source),
    docs: createDocsSite('Not built here'),
    environment: 'bench',
    hosts: [],
  });
  await pWaitFor(() => queues.list().length === names.length, { timeout: 30_000 });
  return app;
}

const address = await takeAddress({ port: 0 });
address.serve(who === 'bare' ? bare() : await ours());
await sendMessage({ url: address.url });
for (;;) {
  await getOneMessage();
  await sendMessage({ megabytes: process.memoryUsage.rss() / 1024 / 1024 });
}
