import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { readFile } from 'node:fs/promises';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Whether TLS is spoken. */
  readonly tls?: boolean;
  /** Who signed its certificate: a PEM file. Left out: one of those whom everybody trusts. */
  readonly certificateAuthority?: string | undefined;
}

/**
 * Says PING and returns the first line of the answer, `+PONG` say. An error is an answer too: a server
 * that wants a password, `-NOAUTH …`, is there.
 *
 * @throws Error when nothing listens there, the connection ends, or nothing came within the deadline.
 */
export async function ping(
  { host, port, tls = false, certificateAuthority }: Address,
  deadlineMs = 5_000,
): Promise<string> {
  const signal = AbortSignal.timeout(deadlineMs);
  const ca = certificateAuthority && (await readFile(certificateAuthority));
  const socket = tls ? connectTls({ host, port, ...(ca && { ca }) }) : connect({ host, port });
  try {
    socket.write('PING\r\n');
    let text = '';
    while (!text.includes('\r\n')) {
      const [event, chunk] = (await Promise.race([
        once(socket, 'data', { signal }).then(([data]: Buffer[]) => ['data', data]),
        once(socket, 'end', { signal }).then(() => ['end']),
      ])) as [string, Buffer | undefined];
      if (event === 'end' || chunk === undefined) throw new Error('it closed the connection');
      text += chunk.toString();
    }
    return text.slice(0, text.indexOf('\r\n'));
  } catch (error) {
    if (signal.aborted)
      throw new Error(`no answer within ${deadlineMs / 1000} s`, { cause: error });
    throw error;
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}
