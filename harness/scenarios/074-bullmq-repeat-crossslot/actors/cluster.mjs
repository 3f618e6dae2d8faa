/** What the worker and the producer need to use the cluster: a client of it, and a prefix in braces. */
import { Cluster } from 'ioredis';

const nodes = process.env.BROKER_NODES.split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
export const options = {
  connection: new Cluster(nodes, { redisOptions: { maxRetriesPerRequest: null } }),
  prefix: '{app}',
};
