/** Makes a queue, and closes it before it is connected. */
import { Queue } from 'bullmq';

const { hostname: host, port } = new URL(process.env.BROKER_URL);
await new Queue('numbers', { connection: { host, port: Number(port) } }).close();
console.log(JSON.stringify({ state: 'completed', result: 'closed' }));
