import type { Redis } from 'ioredis';
import type { Place } from './queue-id.ts';

/** What one step of a sweep may take: calls, each of which looks at about a thousand keys, and time. */
export interface SweepBudget {
  readonly calls: number;
  readonly ms: number;
}

/** How many keys Redis looks at in one call: it serves nobody else meanwhile, for about half a millisecond. */
const keysPerCall = 1000;

/**
 * Looks through the keys of one server for those that BullMQ keeps of each queue (`prefix:name:meta`),
 * a bounded step at a time, over and over. KEYS would stop the server until it has seen all of them.
 */
export class KeySweep {
  #cursor = '0';
  #knowsTypes = true;
  #inPass = 0;
  #passes = 0;

  /** Whether every key was looked at at least once. */
  get complete(): boolean {
    return this.#passes > 0;
  }

  /** About how many keys were looked at in this pass; in the first one after it is complete, all. */
  get looked(): number {
    return this.#inPass;
  }

  /** Looks on from where the last step ended, until the pass or the budget is at its end. */
  async step(node: Redis, pattern: string, budget: SweepBudget): Promise<Place[]> {
    const until = performance.now() + budget.ms;
    const keys = new Set<string>();
    for (let call = 0; call < budget.calls && performance.now() < until; call += 1) {
      const [cursor, found] = await this.#scan(node, pattern);
      for (const key of found) keys.add(key);
      this.#inPass = this.#cursor === '0' ? keysPerCall : this.#inPass + keysPerCall;
      this.#cursor = cursor;
      if (cursor !== '0') continue;
      this.#passes += 1;
      break;
    }
    return [...keys].flatMap((key) => placeOf(key) ?? []);
  }

  async #scan(node: Redis, pattern: string): Promise<[string, string[]]> {
    const match = ['MATCH', pattern, 'COUNT', keysPerCall] as const;
    if (!this.#knowsTypes) return node.scan(this.#cursor, ...match);
    try {
      return await node.scan(this.#cursor, ...match, 'TYPE', 'hash');
    } catch (error) {
      // Before Redis 6.0. https://redis.io/docs/latest/commands/scan/
      if (!String(error).includes('syntax error')) throw error;
      this.#knowsTypes = false;
      return node.scan(this.#cursor, ...match);
    }
  }
}

/** The pattern that finds the queues of one prefix, or of all. */
export function metaPattern(prefixes: readonly string[]): string {
  const [only] = prefixes.length === 1 ? prefixes : [];
  return only === undefined ? '*:meta' : `${only.replace(/[*?[\]\\]/g, String.raw`\$&`)}:*:meta`;
}

/** No name has a colon since BullMQ 4; a prefix may have several. */
function placeOf(key: string): Place | undefined {
  const [, prefix, name] = /^(.+):([^:]+):meta$/s.exec(key) ?? [];
  return prefix === undefined || name === undefined ? undefined : { prefix, name };
}
