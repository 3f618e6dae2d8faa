import { once } from 'node:events';
import { connect } from 'node:net';

/** AMQP 0-9-1 as a client opens it. */
const opening = Buffer.from('AMQP\0\0\u0009\u0001', 'latin1');

/**
 * Opens a connection and returns the version of the server that greets it, by its `Connection.Start`.
 *
 * @throws Error when nothing listens there, it speaks no AMQP, or says nothing within the deadline.
 */
export async function greeting(
  { host, port }: { readonly host: string; readonly port: number },
  deadlineMs = 5_000,
): Promise<string> {
  const signal = AbortSignal.timeout(deadlineMs);
  const socket = connect({ host, port });
  try {
    socket.write(opening);
    const [said] = (await Promise.race([
      once(socket, 'data', { signal }),
      once(socket, 'end', { signal }).then(() => {
        throw new Error('it closed the connection');
      }),
    ])) as [Buffer];
    return versionIn(said);
  } catch (error) {
    if (signal.aborted)
      throw new Error(`no answer within ${deadlineMs / 1000} s`, { cause: error });
    throw error;
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

/** In the table of server properties: the name, S for a long string, its length in four bytes, and the text. */
function versionIn(said: Buffer): string {
  const name = said.indexOf('\u0007versionS', 0, 'latin1');
  if (said[0] !== 1 || name === -1) throw new Error('what answers does not speak AMQP 0-9-1');
  const length = name + '\u0007versionS'.length;
  return said.toString('utf8', length + 4, length + 4 + said.readUInt32BE(length));
}
