import type { ServerSource } from '../brokers/broker.ts';
import { plainly } from '../brokers/need.ts';
import { chooseRedis } from '../brokers/redis/choose.ts';

/** How a server of a rung is had, or why not. */
async function sourceOf(
  rung: 'native' | 'fetched' | 'container',
  version?: string,
): Promise<ServerSource | string> {
  const choice = await chooseRedis(rung, { ...plainly('redis'), version }, () => undefined);
  if (choice.how === 'missing') return choice.reason;
  if (choice.how === 'url' || choice.how === 'embedded') return `it is ${choice.how}`;
  return choice;
}

/** The rungs by which tests have a server, each with how it is had here, or why not. */
export const redisSources = {
  native: await sourceOf('native'),
  fetched: await sourceOf('fetched'),
  'fetched 6.2': await sourceOf('fetched', '6.2'),
  container: await sourceOf('container'),
};
