import type { BrokerChoice } from '../broker.ts';
import type { BrokerNeed } from '../need.ts';

/** Decides how a RabbitMQ is had. */
export function chooseRabbitmq(
  asked: string,
  _need: BrokerNeed,
  _progress: (message: string) => void,
): Promise<BrokerChoice> {
  if (asked.startsWith('amqp')) return Promise.resolve({ how: 'url', url: asked });
  return Promise.resolve({ how: 'missing', reason: 'there is no RabbitMQ yet' });
}
