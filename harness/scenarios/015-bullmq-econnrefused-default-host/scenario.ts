import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';
import { requireNoRedisAtDefault } from '../redis-default-port.ts';

claim('url-as-an-option-is-ignored', (run) => doubleByDefault(run, 'url as an option'));
claim('unset-variables-mean-localhost', (run) => doubleByDefault(run, 'unset variables'));
claim('options-too-deep-are-ignored', (run) => doubleByDefault(run, 'one level too deep'));
claim('stopped-redis-is-named', async (run) => {
  await using _ = await run.broken('down');
  await double(run, 'url as an argument');
});
claim('worker-connects-once-redis-is-up', async (run) => {
  const broken = await run.broken('down');
  await using worker = await start(run, 'url as an argument');
  await broken[Symbol.asyncDispose]();
  await submit(run, worker);
});
claim('url-as-an-argument-works', (run) => double(run, 'url as an argument'));
claim('url-in-plain-options-works', (run) => double(run, 'url in plain options'));

async function doubleByDefault(run: Run, connection: string): Promise<void> {
  await requireNoRedisAtDefault();
  await double(run, connection);
}

async function double(run: Run, connection: string): Promise<void> {
  await using worker = await start(run, connection);
  const refused = () => run.count('ECONNREFUSED', [worker]) >= 4;
  await submit(run, worker, () =>
    refused() ? 'the worker was refused again and again' : undefined,
  );
}

/** A worker, once it is ready or was refused. */
async function start(run: Run, connection: string): Promise<Actor> {
  const worker = await run.actor('worker.mjs', { env: { CONNECTION: connection } });
  await worker.printed(/ready|ECONNREFUSED/);
  return worker;
}

async function submit(run: Run, worker: Actor, giveUp?: () => string | undefined): Promise<void> {
  await run.factsFrom(await run.actor('knock.mjs'));
  await run.submit('numbers.double', [2], { expect: 4, ...(giveUp && { giveUp }) });
  const dialled = /connect ECONNREFUSED (\S+:\d+)/.exec(worker.lines.join('\n'))?.[1];
  run.fact('refused by', nameOf(run, dialled));
}

function nameOf(run: Run, dialled: string | undefined): string {
  if (dialled === `${run.broker.host}:${run.broker.port}`) return 'the configured address';
  return dialled?.replace('::1', '127.0.0.1') ?? 'nobody';
}
