/** A client of the cluster, given the password where WHERE says. */
import { Cluster } from 'ioredis';

const { BROKER_NODES, WHERE } = process.env;
const nodes = BROKER_NODES.split(',').map((node) => {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
});
const login = { password: 's3cret' };

export const connection = new Cluster(
  nodes,
  WHERE === 'in redisOptions'
    ? { redisOptions: { ...login, maxRetriesPerRequest: null } }
    : { ...login, redisOptions: { maxRetriesPerRequest: null } },
);
