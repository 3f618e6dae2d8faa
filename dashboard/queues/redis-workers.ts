import type { Redis } from 'ioredis';
import type { WorkerConnection } from './directory.ts';
import type { Place } from './queue-id.ts';

/** How long one answer is good for, in milliseconds: a poll asks for the workers of every queue at once. */
const goodForMs = 1000;

/**
 * Who is connected, asked once for all queues: CLIENT LIST holds every connection of the server, and
 * BullMQ asks for it again for each queue.
 */
export class RedisWorkers {
  readonly #nodes: () => Promise<Redis[]>;
  #asked = -Infinity;
  #answer: Promise<ReadonlyMap<string, WorkerConnection[]>[]> = Promise.resolve([]);

  constructor(nodes: () => Promise<Redis[]>) {
    this.#nodes = nodes;
  }

  /**
   * The workers of one queue. In a cluster each worker is connected to several servers: the one that
   * most are connected to tells.
   * @returns undefined where the server does not tell who is connected.
   */
  async of({ prefix, name }: Place): Promise<readonly WorkerConnection[] | undefined> {
    if (performance.now() - this.#asked > goodForMs) {
      this.#asked = performance.now();
      this.#answer = this.#ask();
      this.#answer.catch(() => (this.#asked = -Infinity));
    }
    const answers = await this.#answer;
    if (answers.length === 0) return undefined;
    const key = `${prefix}:${Buffer.from(name).toString('base64')}`;
    const perNode = answers.map((answer) => answer.get(key) ?? []);
    return perNode.reduce((most, one) => (one.length > most.length ? one : most));
  }

  async #ask() {
    const nodes = await this.#nodes();
    try {
      const lists = await Promise.all(nodes.map((node) => node.client('LIST') as Promise<string>));
      return lists.map(byQueue);
    } catch (error) {
      // Some hosts of Redis do not allow it.
      if (/unknown command|unknown subcommand|NOPERM/i.test(String(error))) return [];
      throw error;
    }
  }
}

/** How BullMQ names a worker's connection: `prefix:<base64 of the queue's name>`, then `:w:<name>`. */
const workerName = /^(.+:[A-Za-z\d+/=]+?)(?::w:(.*))?$/;

function byQueue(list: string): Map<string, WorkerConnection[]> {
  const workers = new Map<string, WorkerConnection[]>();
  for (const line of list.split(/\r?\n/)) {
    const field = (name: string) => new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? '';
    const [, key, name = null] = workerName.exec(field('name')) ?? [];
    if (key === undefined) continue;
    const worker = { id: field('id'), addr: field('addr'), name, age: Number(field('age')) || 0 };
    const others = workers.get(key);
    if (others) others.push(worker);
    else workers.set(key, [worker]);
  }
  return workers;
}
