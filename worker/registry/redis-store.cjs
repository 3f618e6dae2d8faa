// @ts-check
'use strict';

const { plain } = require('./plain.cjs');

/** One round trip, and whole or not at all: the record, its place in the list, and a command taken at most once. */
const beatCommand = 'poolproofBeat1';
const lua = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[2], 86400000)
local command = redis.call('GET', KEYS[3])
if command then redis.call('DEL', KEYS[3]) end
return command
`;

/**
 * Records below the queue's own keys, so that a cluster keeps them in the queue's slot:
 * `<prefix>:<queue>:poolproof:worker:<id>`.
 *
 * @param {import('./parts.d.cts').Inner} worker
 * @param {string} id
 * @param {(error: unknown) => void} onError
 * @returns {import('./parts.d.cts').Store}
 */
function openRedisStore(worker, id, onError) {
  const key = worker.toKey(`poolproof:worker:${id}`);
  const keys = [key, worker.toKey('poolproof:workers'), worker.toKey(`poolproof:command:${id}`)];
  /** @type {import('./parts.d.cts').RedisLike | undefined} */
  let client;
  // Comes when the broker is there for the first time.
  Promise.resolve(worker.getBackend?.().client ?? worker.client).then((ready) => {
    if (!ready) return;
    ready.defineCommand(beatCommand, { numberOfKeys: 3, lua });
    client = ready;
  }, onError);

  return {
    // A command for a broker that is away would wait, and hold up whoever closes the worker.
    isLive: () =>
      client?.status === 'ready' || (client?.isCluster === true && client.status === 'connect'),
    beat: async (json, keepMs) => {
      const taken = await run(client, [...keys, json, keepMs, id]);
      return typeof taken === 'string' ? taken : undefined;
    },
    remove: async () => client?.del(key),
    remote: () => {
      const options = client?.options;
      // Other drivers of Redis keep their options elsewhere, and have other ones.
      if (!options || !('retryStrategy' in options || 'clusterRetryStrategy' in options)) {
        return undefined;
      }
      const nodes = client?.isCluster ? client.startupNodes?.map(plain) : undefined;
      if (client?.isCluster && !nodes) return undefined;
      return { kind: 'redis', key, options: plain(options), ...(nodes && { nodes }) };
    },
  };
}

/**
 * @param {import('./parts.d.cts').RedisLike | undefined} client
 * @param {unknown[]} args
 * @returns {Promise<unknown>}
 */
async function run(client, args) {
  if (!client) return undefined;
  if (client.runCommand) return client.runCommand(beatCommand, args);
  // BullMQ 5 hands out ioredis itself, which has the command as a method.
  const method = Reflect.get(client, beatCommand);
  return Reflect.apply(method, client, [args]);
}

module.exports = { openRedisStore };
