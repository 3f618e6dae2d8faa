/** A client of the cluster; CLIENT says `plain` for one that knows one node alone. */
import { Cluster, Redis } from 'ioredis';

const { BROKER_NODES, BROKER_URL, CLIENT, PREFIX, QUEUE } = process.env;
const retries = { maxRetriesPerRequest: null };
const nodes = BROKER_NODES?.split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});

export const connection =
  CLIENT === 'plain'
    ? new Redis(BROKER_URL, retries)
    : new Cluster(nodes, { redisOptions: retries });
export const queue = QUEUE;
export const options = { connection, prefix: PREFIX };
