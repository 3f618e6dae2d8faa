import { NotRun } from '../not-run.ts';
import type { RunFolder } from '../sweep/run-folder.ts';
import type { Broker, BrokerChoices, BrokerNeed } from './broker.ts';
import { noBroker } from './none.ts';
import { databaseAt, embeddedBroker } from './postgres/open.ts';
import { nativeRedis } from './redis/native.ts';
import { openRedis } from './redis/open.ts';
import { redisAt } from './redis/url.ts';

/** Why a claim that asks for more than a Redis as it comes is not run. */
export const noSuchBroker = 'the lab cannot open the broker that the claim asks for';

/** Starts the broker of one run. Throws `NotRun` when it cannot be had. */
export async function openBroker(
  needs: BrokerNeed,
  choices: BrokerChoices,
  run: RunFolder,
): Promise<Broker> {
  if (needs === 'nothing') return noBroker;
  if (needs === 'other') throw new NotRun(noSuchBroker);
  const choice = choices[needs];
  switch (choice.how) {
    case 'missing':
      throw new NotRun(choice.reason);
    case 'url':
      return needs === 'redis' ? redisAt(choice.url) : databaseAt(choice.url);
    case 'native':
      return openRedis(await nativeRedis(choice.file, run));
    case 'container': {
      // Testcontainers takes its time to load, and only this rung needs it.
      const { containerRedis } = await import('./redis/container.ts');
      return openRedis(await containerRedis(choice.image, run));
    }
    case 'embedded':
      return embeddedBroker();
  }
}
