import { once } from 'node:events';
import { createServer, isIP } from 'node:net';

/**
 * Does the engine bind a container's ports to the loopback interface that this program sees?
 *
 * In a container, where `/.dockerenv` exists, Testcontainers names the gateway of the engine's bridge instead of
 * `localhost` (resolve-host of 12.2). That gateway is an address of ours where the engine was started in the same
 * container, and another machine's where only the engine's socket was handed in.
 *
 * @param host the engine's host, as Testcontainers found it: a name or an address.
 */
export async function sharesLoopback(host: string): Promise<boolean> {
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  return plain === 'localhost' || (isIP(plain) !== 0 && (await isOwnAddress(plain)));
}

/** Asked by binding: `os.networkInterfaces()` leaves out a bridge to which no container is connected. */
async function isOwnAddress(address: string): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(0, address), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
