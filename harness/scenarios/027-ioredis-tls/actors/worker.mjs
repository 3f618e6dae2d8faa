/** A worker that reaches its Redis with TLS or without, as CONNECTION says. */
import { readFileSync } from 'node:fs';
import { Worker } from 'bullmq';

const { BROKER_CA, BROKER_URL, CONNECTION } = process.env;
const { hostname: host, port, host: address } = new URL(BROKER_URL);
const ca = BROKER_CA && readFileSync(BROKER_CA);
const connections = {
  'no TLS': { host, port },
  TLS: { host, port, tls: {} },
  'TLS and the CA': { host, port, tls: { ca } },
  'TLS and another name': { host, port, tls: { ca, servername: 'redis.internal' } },
  'TLS unchecked': { host, port, tls: { rejectUnauthorized: false } },
  'TLS unchecked by the URL': { url: `rediss://${address}?rejectUnauthorized=false` },
};

const connection = { ...connections[CONNECTION], connectTimeout: 3_000 };
const worker = new Worker('numbers', async (job) => 2 * job.data[0], { connection });
worker.on('error', (error) => console.error(error));
worker.on('ioredis:close', () => console.log('connection closed'));
await worker.waitUntilReady();
console.log('ready');
