import type { Redis } from 'ioredis';
import type { StepRecorder } from './step-recorder.ts';
import { NeedsHarness } from './steps.ts';

/** What commands that only look are answered with: nothing is there. */
const looks: Readonly<Record<string, unknown>> = {
  ...{ info: '', get: null, hget: null, hgetall: {}, type: 'none', ping: 'PONG' },
  ...{ xrange: [], xrevrange: [], keys: [], zrange: [], lrange: [], smembers: [] },
  ...{ exists: 0, llen: 0, zcard: 0, hlen: 0, xlen: 0, ttl: 0, pttl: 0, dbsize: 0 },
};

/** What changes something, and is a step of the script. */
const changes = new Set(['flushall', 'flushdb', 'set', 'del', 'config', 'hset', 'hdel', 'zadd']);

/** A client of no broker: it notes what would be changed, and finds nothing when it looks. */
export function replayedRedis(recorder: StepRecorder): Redis {
  const command =
    (name: string) =>
    (...words: unknown[]) => {
      if (Object.hasOwn(looks, name)) return Promise.resolve(looks[name]);
      if (name === 'client' && words[0] === 'LIST') return Promise.resolve('');
      const isPlain = words.every((word) => typeof word === 'string' || typeof word === 'number');
      if (!changes.has(name) || !isPlain) {
        throw new NeedsHarness(`it does more to its broker than a command (${name})`);
      }
      return recorder.act({ kind: 'redis', words: [name.toUpperCase(), ...words.map(String)] });
    };
  return new Proxy<Redis>(Object.create(null) as Redis, {
    // A promise that resolves to it would else ask for `then`.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? command(name) : undefined),
  });
}
