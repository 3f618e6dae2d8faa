import type { SeenWorker } from '../../worker/registry/workers-of.ts';
import type { QueueDirectory } from '../queues/directory.ts';

type Known = ReturnType<QueueDirectory['list']>[number];

interface Unjoined {
  readonly queueId: string;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
}

/**
 * Workers that the broker knows by their connections alone. One list of clients is asked for whatever
 * the number of queues. A joined worker is taken off the list by its name; where it has none, by number:
 * connections without a name cannot be told apart.
 */
export async function unjoined(
  queues: readonly Known[],
  joined: ReadonlyMap<string, readonly SeenWorker[]>,
): Promise<Unjoined[]> {
  const [first] = queues;
  if (!first) return [];
  const lists = await first.queue.getBackend().getClientList();
  const clients = lists.flatMap((list) => list.split(/\r?\n/)).map(fieldsOf);
  return queues.flatMap(({ id, queue }) => {
    const unnamed = queue.getBackend().clientName();
    const named = `${unnamed}:w:`;
    const names = (joined.get(id) ?? []).map(({ record }) => record.name);
    return clients.flatMap(({ name = '', addr }) => {
      if (name !== unnamed && !name.startsWith(named)) return [];
      const own = name === unnamed ? undefined : name.slice(named.length);
      const index = names.indexOf(own);
      if (index >= 0) {
        names.splice(index, 1);
        return [];
      }
      return [{ queueId: id, ...(own && { name: own }), ...(addr && { address: addr }) }];
    });
  });
}

/** A line of CLIENT LIST: `id=3 addr=127.0.0.1:6379 name=bull:cHVtcHM=`. */
function fieldsOf(line: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    line.split(' ').map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
}
