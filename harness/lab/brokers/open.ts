import { NotRun } from '../not-run.ts';
import type { Workspace } from '../sweep/workspace.ts';
import { choiceFor, type Broker, type BrokerChoice, type BrokerChoices } from './broker.ts';
import type { BrokerNeed } from './need.ts';
import { noBroker } from './none.ts';
import { databaseAt, embeddedBroker } from './postgres/open.ts';
import { openRabbitmq, rabbitmqAt } from './rabbitmq/open.ts';
import { openRedis } from './redis/open.ts';
import { redisAt } from './redis/url.ts';

/** Starts the broker of one run. Throws `NotRun` when it cannot be had. */
export async function openBroker(
  need: BrokerNeed,
  choices: BrokerChoices,
  workspace: Workspace,
): Promise<Broker> {
  return need.kind === 'nothing' ? noBroker : openChosen(need, choiceFor(need, choices), workspace);
}

/** Starts a broker as it was chosen. Throws `NotRun` when it cannot be had. */
export async function openChosen(
  need: BrokerNeed,
  choice: BrokerChoice,
  workspace: Workspace,
): Promise<Broker> {
  switch (choice.how) {
    case 'missing':
      throw new NotRun(choice.reason);
    case 'url':
      return openAt(choice.url, need);
    case 'native':
    case 'fetched':
    case 'container':
      return need.kind === 'rabbitmq'
        ? openRabbitmq(choice, need, workspace)
        : openRedis(choice, need, workspace);
    case 'embedded':
      return embeddedBroker();
  }
}

function openAt(url: string, need: BrokerNeed): Promise<Broker> {
  if (url.startsWith('postgres')) return databaseAt(url);
  return url.startsWith('amqp') ? rabbitmqAt(url, need) : redisAt(url, need);
}
