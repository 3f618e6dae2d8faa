import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processTable } from '../../sweep/process-table.ts';
import { workspaceOfTest } from '../../testing/test-workspace.ts';
import type { Broker } from '../broker.ts';
import { plainly, type BrokerNeed } from '../need.ts';
import { openChosen } from '../open.ts';
import { chooseRabbitmq } from './choose.ts';
import { greeting } from './hello.ts';

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());

const need = plainly('rabbitmq');
const choices = {
  native: await chooseRabbitmq('native', need, () => undefined),
  container: await chooseRabbitmq('container', need, () => undefined),
};

describe.for(Object.entries(choices))('a %s RabbitMQ', ([how, choice]) => {
  function openBroker(skip: (why: string) => never, more: Partial<BrokerNeed> = {}) {
    return choice.how === 'missing'
      ? skip(choice.reason)
      : openChosen({ ...need, ...more }, choice, workspace);
  }

  test('greets clients, goes down and comes back, and leaves nothing behind', async ({ skip }) => {
    let broker: Broker | undefined;
    {
      await using own = await openBroker(skip);
      broker = own;
      expect(own).toMatchObject({ kind: 'rabbitmq', how });
      expect(own.url).toMatch(/^amqp:\/\/poolproof:\w+@127\.0\.0\.1:\d+\/\/$/);
      await expect(greeting(own)).resolves.toBe(own.version);
      await own.break({ kind: 'down', keepData: true });
      await expect(greeting(own)).rejects.toThrow(/ECONNREFUSED/);
      await expect(own.lost()).resolves.toBeUndefined();
      await own.restore();
      await expect(greeting(own)).resolves.toBe(own.version);
      await own.break({ kind: 'frozen' });
      await expect(greeting(own, 500)).rejects.toThrow(/no answer/);
      await own.restore();
      await expect(greeting(own)).resolves.toBe(own.version);
      await expect(own.break({ kind: 'misconf' })).rejects.toThrow(/RabbitMQ knows no misconf/);
    }
    await expect(greeting(broker)).rejects.toThrow(/ECONNREFUSED/);
    const noted = workspace.processes().map(({ pid }) => pid);
    const table = await processTable();
    expect(table.filter(({ pid, group }) => noted.includes(pid) || noted.includes(group))).toEqual(
      [],
    );
  });

  test('is configured as it is asked for, or says that it does not start', async ({ skip }) => {
    {
      await using broker = await openBroker(skip, { config: { heartbeat: '7' } });
      expect(broker.config).toEqual({ heartbeat: '7' });
    }
    await expect(openBroker(skip, { config: { 'no.such.key': 'x' } })).rejects.toThrow(
      /RabbitMQ ended at its start: [^]*no\.such\.key/,
    );
    await expect(openBroker(skip, { version: '1.0' })).rejects.toThrow(/needs RabbitMQ 1\.0/);
  });
});
