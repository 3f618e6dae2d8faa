import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../brokers/broker.ts';
import { plainly, type BrokerNeed } from '../brokers/need.ts';
import { withClient } from '../brokers/redis/client.ts';
import { openRedis } from '../brokers/redis/open.ts';
import { within } from '../deadline.ts';
import { NotRun } from '../not-run.ts';
import { workspaceOfTest } from '../testing/test-workspace.ts';
import { redisSources } from '../testing/redis-sources.ts';
import type { Fault } from './fault.ts';

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());

const password = { user: '', password: 's3cret' };

interface Case {
  readonly fault: Fault;
  /** What a client that connects now is told. */
  readonly symptom: RegExp;
  /** What becomes of what was written before. Default: it is kept. */
  readonly data?: 'lost';
  readonly config?: BrokerNeed['config'];
}

const cases: readonly Case[] = [
  { fault: { kind: 'down' }, symptom: /ECONNREFUSED/, data: 'lost' },
  { fault: { kind: 'down', keepData: true }, symptom: /ECONNREFUSED/ },
  { fault: { kind: 'silent' }, symptom: /did not answer/, data: 'lost' },
  { fault: { kind: 'drops' }, symptom: /ECONNRESET/, data: 'lost' },
  { fault: { kind: 'frozen' }, symptom: /did not answer/ },
  { fault: { kind: 'oom' }, symptom: /^OOM command not allowed when used memory > 'maxmemory'/ },
  { fault: { kind: 'misconf' }, symptom: /^MISCONF .*(?:unable|not able) to persist/ },
  { fault: { kind: 'readonly' }, symptom: /^READONLY You can't write against a read only replica/ },
  {
    fault: { kind: 'loading' },
    symptom: /^LOADING (?:Redis|Valkey) is loading the dataset in memory/,
  },
  { fault: { kind: 'noauth' }, symptom: /^NOAUTH Authentication required/ },
  {
    fault: { kind: 'wrongpass' },
    // Redis 5 has other words.
    symptom: /^WRONGPASS invalid username-password pair|^ERR invalid password/,
    config: { requirepass: password.password },
  },
  {
    fault: { kind: 'max-clients' },
    // The server says why and hangs up; who writes before it reads learns of the second alone.
    symptom: /^ERR max number of clients reached|EPIPE|ECONNRESET|Connection is closed/,
  },
];

describe.for(Object.entries(redisSources))('on a %s server', ([, source]) => {
  async function openBroker(skip: (why: string) => never, config: BrokerNeed['config']) {
    if (typeof source === 'string') return skip(source);
    return openRedis(source, { ...plainly('redis'), config }, workspace);
  }

  test.for(cases)('$fault, and not after', async ({ fault, symptom, data, config }, { skip }) => {
    await using broker = await openBroker(skip, config);
    const login = config === undefined ? undefined : password;
    const write = (client: Redis) => client.set('key', 'value');
    const asClient = <Answer>(ask: (client: Redis) => Promise<Answer>) =>
      within(1_500, 'it did not answer', withClient(broker, login, ask));
    await expect(asClient(write)).resolves.toBe('OK');

    await broker.break(fault).catch((error: unknown) => {
      if (error instanceof NotRun) skip(error.message);
      throw error;
    });
    await expect(asClient(write)).rejects.toThrow(symptom);
    await expect(broker.lost()).resolves.toBeUndefined();

    await broker.restore();
    const left = await asClient((client) => client.get('key'));
    expect(left).toBe(data === 'lost' ? null : 'value');
    await expect(asClient(write)).resolves.toBe('OK');
    await expect(asClient((client) => client.dbsize())).resolves.toBe(1);
  });

  test('one fault takes the place of another', async ({ skip }) => {
    await using broker = await openBroker(skip, undefined);
    const write = (client: Redis) => client.set('key', 'value');
    await broker.break({ kind: 'down' });
    await broker.break({ kind: 'oom' });
    await expect(withClient(broker, undefined, write)).rejects.toThrow(/^OOM/);
  });

  test('a client too many is told so, and those that stand are kept', async ({ skip }) => {
    await using broker = await openBroker(skip, undefined);
    const client = clientOf(broker);
    try {
      await client.ping();
      await broker.break({ kind: 'max-clients' });
      const socket = connect(broker.port, broker.host);
      const [said] = (await once(socket, 'data')) as [Buffer];
      expect(said.toString()).toBe('-ERR max number of clients reached\r\n');
      await expect(client.ping()).resolves.toBe('PONG');
    } finally {
      client.disconnect();
    }
  });

  test('a client that blocks is told when its server becomes a replica', async ({ skip }) => {
    await using broker = await openBroker(skip, undefined);
    const client = clientOf(broker);
    try {
      const popped = client.blpop('queue', 60).catch(String);
      await isBlocked(broker);
      await broker.break({ kind: 'readonly' });
      await expect(popped).resolves.toMatch(/UNBLOCKED force unblock from blocking operation/);
    } finally {
      client.disconnect();
    }
  });
});

function clientOf({ host, port }: Broker): Redis {
  return new Redis({ host, port, maxRetriesPerRequest: null }).on('error', () => undefined);
}

async function isBlocked(broker: Broker): Promise<void> {
  const info = () => withClient(broker, undefined, (client) => client.info('clients'));
  await pWaitFor(async () => /^blocked_clients:1/m.test(await info()), { timeout: 5_000 });
}
