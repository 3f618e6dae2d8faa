import { NotRun } from '../../not-run.ts';
import type { Broker } from '../broker.ts';

export function openRabbitmq(..._args: unknown[]): Promise<Broker> {
  return Promise.reject(new NotRun('there is no RabbitMQ yet'));
}

export function rabbitmqAt(_url: string): Promise<Broker> {
  return Promise.reject(new NotRun('there is no RabbitMQ yet'));
}
