import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('worker-stays-at-the-old-primary', (run) => failOver(run));
claim('reconnect-on-error-works', (run) => failOver(run, { RECONNECTS: 'yes' }));
claim('replica-refuses-from-the-start', async (run) => {
  await using worker = await start(run, addressOf(run, 'replica'));
  await double(run, worker);
});
claim('primary-works', async (run) => {
  await using worker = await start(run, addressOf(run, 'primary'));
  await double(run, worker);
});
claim('worker-recovers-at-the-same-server', async (run) => {
  await using worker = await start(run, addressOf(run, 'primary'));
  await isWaiting(run);
  const broken = await run.broken('readonly');
  run.fact('was unblocked', await worker.printed('UNBLOCKED'));
  run.fact('was refused', await worker.printed('READONLY'));
  await broken[Symbol.asyncDispose]();
  await run.submit('numbers.double', [2], { expect: 4 });
});
claim('sentinel-leads-to-the-new-primary', async (run) => {
  await using worker = await start(run, 'sentinels');
  const before = addressOf(run, 'primary');
  await run.failover();
  await double(run, worker);
  run.fact('new primary is another', addressOf(run, 'primary').port !== before.port);
});

interface Address {
  readonly host: string;
  readonly port: number;
}

/** A worker at an address that leads to the primary, while another becomes it. */
async function failOver(run: Run, env = {}): Promise<void> {
  const { host, port: before } = addressOf(run, 'primary');
  await using endpoint = await run.actor('endpoint.mjs');
  await leadTo(before);
  const port = Number(await endpoint.json('port'));
  await using worker = await start(run, { host, port }, env);
  await isWaiting(run);
  await run.failover();
  const after = addressOf(run, 'primary').port;
  await leadTo(after);
  await double(run, worker);
  run.fact('new primary is another', after !== before);

  async function leadTo(primary: number): Promise<void> {
    await endpoint.tell(`${primary}`);
    await endpoint.printed(`leads to ${primary}`);
  }
}

function addressOf(run: Run, wanted: 'primary' | 'replica'): Address {
  const node = run.broker.nodes.find(({ role }) => role === wanted);
  if (node === undefined) throw new Error(`The broker has no ${wanted}.`);
  return { host: node.host, port: node.port };
}

/** A worker, once it is ready or was refused. */
async function start(run: Run, connection: Address | 'sentinels', env = {}): Promise<Actor> {
  const worker = await run.actor('worker.mjs', {
    env: { CONNECTION: JSON.stringify(connection), ...env },
  });
  await worker.printed(/ready|READONLY/);
  return worker;
}

/** Waits until the worker blocks, as it does while there are no jobs. */
async function isWaiting(run: Run): Promise<void> {
  await run.until(async () => (await run.redis.info('clients')).includes('blocked_clients:1'));
}

/** Has a job done that is added at the primary. */
async function double(run: Run, worker: Actor): Promise<void> {
  const refused = () => run.count('READONLY', [worker]) >= 5;
  await run.submit('numbers.double', [2], {
    expect: 4,
    client: { connection: { port: addressOf(run, 'primary').port } },
    giveUp: () => (refused() ? 'the worker had been refused 5 times' : undefined),
  });
}
