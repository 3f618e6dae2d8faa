import { createServer } from 'node:net';
import getPort, { portNumbers } from 'get-port';

/** Redis has a cluster's own traffic at a port that much higher. */
const busOffset = 10_000;

/**
 * Free ports of the loopback interface, whose cluster buses are free too. Taken from below those that
 * operating systems hand out by themselves.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const from = 12_000 + Math.floor(Math.random() * 8_000);
    const port = await getPort({ host: '127.0.0.1', port: portNumbers(from, 20_000) });
    if (port + busOffset < 2 ** 16 && (await isFree(port + busOffset))) ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => {
        resolve(false);
      })
      .listen(port, '127.0.0.1', () => {
        server.close(() => {
          resolve(true);
        });
      });
  });
}
