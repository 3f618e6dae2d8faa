import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { redisSources } from '../lab/testing/redis-sources.ts';
import { workspaceOfTest } from '../lab/testing/test-workspace.ts';
import { plainly } from '../lab/brokers/need.ts';
import { openBroker } from '../lab/brokers/open.ts';
import { withClient } from '../lab/brokers/redis/client.ts';
import { processTable } from '../lab/sweep/process-table.ts';
import { BrokerControl, serverOpener, type ScenarioBroker } from './broker-control.ts';

const source = typeof redisSources.native === 'string' ? redisSources.fetched : redisSources.native;

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());
beforeEach(({ skip }) => {
  if (typeof source === 'string') skip(source);
});

async function openControl(): Promise<BrokerControl> {
  if (typeof source === 'string') throw new Error(source);
  const choices = { asked: source.how, made: { redis: source } };
  return new BrokerControl(await openBroker(plainly('redis'), choices, workspace));
}

const answers = ({ host, port }: ScenarioBroker) =>
  withClient({ host, port }, undefined, (client) => client.ping());

test('a fault lasts as long as what it returned', async () => {
  await using broker = await openControl();
  await broker.redis.set('key', 'value');
  {
    await using _fault = await broker.broken('down', { keepData: true });
    await expect(answers(broker)).rejects.toThrow(/ECONNREFUSED/);
  }
  await expect(broker.redis.get('key')).resolves.toBe('value');
});

test('an outage lasts as long as it is said to, and keeps the data', async () => {
  await using broker = await openControl();
  await broker.redis.set('key', 'value');
  const before = performance.now();
  const outage = broker.outage({ lastsMs: 700 });
  await expect.poll(() => answers(broker).catch(String), { interval: 20 }).toMatch(/ECONNREFUSED/);
  await outage;
  expect(performance.now() - before).toBeGreaterThanOrEqual(699);
  await expect(broker.redis.get('key')).resolves.toBe('value');
});

test('an outage may be any fault', async () => {
  await using broker = await openControl();
  const fault = { kind: 'oom' } as const;
  const outage = broker.outage({ lastsMs: 500, fault });
  const write = () => broker.redis.set('key', 'value').catch(String);
  await expect.poll(write, { interval: 20 }).toMatch(/OOM/);
  await outage;
  await expect(write()).resolves.toBe('OK');
});

test('a proxy comes before the first program, or not at all', async () => {
  if (typeof source === 'string') return;
  let started = false;
  const choices = { asked: source.how, made: { redis: source } };
  const own = await openBroker(plainly('redis'), choices, workspace);
  await using broker = new BrokerControl(own, () => started);
  const direct = broker.url;
  await broker.throughProxy();
  expect(broker.url).not.toBe(direct);
  started = true;
  await expect(broker.throughProxy()).rejects.toThrow(/Call it before the first actor/);
});

test('a further server is another one, and goes when it is disposed of', async () => {
  await using broker = await openControl();
  const open = serverOpener({ asked: broker.how, made: {} }, workspace);
  const before = await servers();
  {
    await using other = new BrokerControl(
      await open({ ...plainly('redis'), config: { maxmemory: '5mb' } }),
    );
    expect(other.url).not.toBe(broker.url);
    await other.redis.set('key', 'value');
    await expect(broker.redis.get('key')).resolves.toBeNull();
    expect(other.facts).toMatchObject({ config: { maxmemory: '5mb' }, how: broker.how });
    expect(await servers()).toBe(before + 1);
  }
  expect(await servers()).toBe(before);
});

test('what goes without saying is not said', async () => {
  await using broker = await openControl();
  expect(Object.keys(broker.facts)).toEqual(['kind', 'how', 'version']);
});

/** How many of the processes that this run has noted are left. */
async function servers(): Promise<number> {
  const table = await processTable();
  return workspace
    .processes()
    .filter(({ pid, started }) => table.some((one) => one.pid === pid && one.started === started))
    .length;
}
