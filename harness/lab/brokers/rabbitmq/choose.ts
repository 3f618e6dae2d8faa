import { access } from 'node:fs/promises';
import path from 'node:path';
import { ourImage } from '../../docker/image.ts';
import { NotRun } from '../../not-run.ts';
import type { BrokerChoice } from '../broker.ts';
import type { BrokerNeed } from '../need.ts';

type Missing = Extract<BrokerChoice, { how: 'missing' }>;
/** A program of this machine. */
type Native = Extract<BrokerChoice, { how: 'native' | 'fetched' }>;

/**
 * The program itself, where packages put it. The one in PATH is a wrapper that runs it as a user of its
 * own, in that user's folder.
 */
const rabbitmqProgram = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Decides how a RabbitMQ is had: by URL, in a container of our own image, or as a process of this machine. */
export async function chooseRabbitmq(
  asked: string,
  { topology, tls }: Pick<BrokerNeed, 'topology' | 'tls'>,
  progress: (message: string) => void,
): Promise<BrokerChoice> {
  if (topology !== 'single' || tls) {
    return missing('RabbitMQ is had as a single server without TLS alone');
  }
  if (asked.startsWith('amqp:')) return { how: 'url', url: asked };
  if (asked === 'auto' || asked === 'container') {
    const container = await ourContainer(progress);
    if (container.how !== 'missing' || asked === 'container') return container;
    const native = await serverOfThisMachine();
    return native.how === 'missing'
      ? missing(`no RabbitMQ: ${container.reason}; ${native.reason}`)
      : native;
  }
  if (asked === 'native') return serverOfThisMachine();
  return missing(`the claim needs RabbitMQ; the broker asked for is ${asked}`);
}

async function ourContainer(
  progress: (message: string) => void,
): Promise<Extract<BrokerChoice, { how: 'container' }> | Missing> {
  try {
    const folder = path.join(import.meta.dirname, 'image');
    const image = await ourImage('poolproof-rabbitmq', folder, {}, progress);
    return { how: 'container', image, program: rabbitmqProgram };
  } catch (error) {
    if (error instanceof NotRun) return missing(error.message);
    throw error;
  }
}

async function serverOfThisMachine(): Promise<Native | Missing> {
  const file = process.env.POOLPROOF_RABBITMQ ?? rabbitmqProgram;
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    return missing(
      `no ${file}; install it (Debian: apt-get install rabbitmq-server), or name the program that its package holds (POOLPROOF_RABBITMQ)`,
    );
  }
  return { how: 'native', file };
}

function missing(reason: string): Missing {
  return { how: 'missing', reason };
}
