/**
 * An address that leads to the primary, as a managed Redis has one: new connections go to the port that was
 * written to its input last, and those that stand stay where they are.
 */
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

let port;
const endpoint = createServer((client) => {
  const node = connect(port, '127.0.0.1');
  client.pipe(node).pipe(client);
  for (const socket of [client, node]) {
    socket.on('error', () => undefined).on('close', () => (client.destroy(), node.destroy()));
  }
});
createInterface({ input: process.stdin }).on('line', (line) => {
  port = Number(line);
  console.log(`leads to ${line}`);
});
endpoint.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: endpoint.address().port }));
});
