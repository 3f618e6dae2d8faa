import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { Broker } from './connection.ts';
import { postgresBroker } from './postgres.ts';
import { redisBroker } from './redis.ts';

/**
 * The broker at a redis://, rediss://, postgres:// or postgresql:// URL. Nothing is connected yet.
 * @throws BadInput for any other.
 */
export function brokerAt(url: string): Broker {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  switch (scheme) {
    case 'redis:':
    case 'rediss:':
      return redisBroker(url);
    case 'postgres:':
    case 'postgresql:':
      return postgresBroker(url);
    default:
      throw new BadInput(
        `expected a broker URL that begins with redis:// or postgres://, got "${url}". ` +
          'Try --broker redis://127.0.0.1:6379',
      );
  }
}
