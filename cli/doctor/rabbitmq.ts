import { connect as connectPlainly } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import type { BrokerUrl } from './broker-url.ts';
import type { FactValue } from '../../catalog/doctor/fact-names.ts';

/** The first bytes of a connection: AMQP 0-9-1. The server answers with what it is, before anybody logs in. */
const greeting = Uint8Array.of(0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1);

/**
 * Asks a RabbitMQ for its version, which it tells everybody who connects. Nothing else of AMQP is spoken.
 *
 * @param patience in milliseconds, until ETIMEDOUT.
 * @throws what the connection failed with, or EPROTO for an answer of something else.
 */
export async function askRabbitmq(
  { url, scheme }: BrokerUrl,
  patience: number,
): Promise<{ version?: string; values: Readonly<Record<string, FactValue>> }> {
  const isTls = scheme === 'amqps';
  const port = url.port === '' ? (isTls ? 5671 : 5672) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket = isTls ? connectByTls({ host, port }) : connectPlainly({ host, port });
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      socket.setTimeout(patience, () => {
        reject(failure('ETIMEDOUT'));
      });
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        socket.write(greeting);
      });
      socket.once('data', (data: Buffer) => {
        resolve(data.toString('latin1'));
      });
      socket.once('error', reject);
      socket.once('close', () => {
        reject(failure('ECONNRESET'));
      });
    });
    if (!answer.includes('RabbitMQ')) throw failure('EPROTO');
    // A table of properties: a name, the type S, four bytes of length, the text.
    const [, version] = /\x07versionS[\s\S]{4}([\d.]+)/.exec(answer) ?? [];
    return { values: { kind: 'rabbitmq' }, ...(version !== undefined && { version }) };
  } finally {
    socket.destroy();
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(`no answer of RabbitMQ: ${code}`), { code });
}
