import type { Claim } from '../../catalog/writeup/schema.ts';
import { NotRun } from '../scenario/not-run.ts';
import type { RunFolder } from '../sweep/run-folder.ts';
import type { Broker, BrokerChoices } from './broker.ts';
import { noBroker } from './none.ts';
import { nativeRedis } from './redis/native.ts';
import { openRedis } from './redis/open.ts';
import { brokerByUrl } from './url.ts';

/** Starts the broker of one run. Throws `NotRun` when it cannot be had. */
export async function openBroker(
  needs: Claim['run']['needs'],
  choices: BrokerChoices,
  run: RunFolder,
): Promise<Broker> {
  if (needs === 'nothing') return noBroker;
  const choice = choices[needs];
  switch (choice.how) {
    case 'missing':
      throw new NotRun(choice.reason);
    case 'url':
      return brokerByUrl(choice.url);
    case 'native':
      return openRedis(await nativeRedis(choice.file, run));
    case 'container': {
      const { containerRedis } = await import('./redis/container.ts');
      return openRedis(await containerRedis(choice.image, run));
    }
    case 'embedded': {
      throw new NotRun('embedded PostgreSQL is not wired up');
    }
  }
}
