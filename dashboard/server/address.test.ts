import { expect, test } from 'vitest';
import { takeAddress } from './address.ts';

const portOf = (url: string) => Number(new URL(url).port);

test('an address says that it is not up before and after it is served', async () => {
  await using address = await takeAddress({ port: 0 });
  const notice = { status: 503, text: expect.stringContaining('starting or stopping') as string };
  const get = async () => {
    const response = await fetch(address.url);
    return { status: response.status, text: await response.text() };
  };
  expect(await get()).toEqual(notice);
  const served = address.serve((_request, response) => response.end('up'));
  expect(await get()).toEqual({ status: 200, text: 'up' });
  served[Symbol.dispose]();
  expect(await get()).toEqual(notice);
});

test('a named port that is taken is refused, with what to type next', async () => {
  await using first = await takeAddress({ port: 0 });
  const port = portOf(first.url);
  await expect(takeAddress({ port })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is taken. Name another: --port ${port + 1}`,
  );
});

test('without a named port the next free one is taken', async () => {
  await using first = await takeAddress();
  await using second = await takeAddress();
  expect(portOf(second.url)).toBeGreaterThan(portOf(first.url));
});

test('an address of another machine is refused', async () => {
  await expect(takeAddress({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
    '192.0.2.1 is no address of this machine',
  );
});

test('closing does not wait for a browser that keeps its connection', async () => {
  const address = await takeAddress({ port: 0 });
  address.serve((_request, response) => response.write('never ends'));
  const response = await fetch(address.url);
  await address[Symbol.asyncDispose]();
  await expect(response.text()).rejects.toThrow('terminated');
  await expect(fetch(address.url)).rejects.toThrow('fetch failed');
});
