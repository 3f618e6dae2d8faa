import { once } from 'node:events';
import { connect } from 'node:net';
import { NotRun } from '../lab/not-run.ts';

/**
 * For claims about clients that dial 127.0.0.1:6379 by mistake, and find nobody there.
 *
 * @throws NotRun where somebody listens there.
 */
export async function requireNoRedisAtDefault(): Promise<void> {
  const socket = connect(6379, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } catch {
    return;
  } finally {
    socket.destroy();
  }
  throw new NotRun('something listens on 127.0.0.1:6379; stop it, for the claim needs it closed');
}
