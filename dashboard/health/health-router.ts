import { Router } from 'express';
import type { Access } from '../access/access.ts';
import type { Person } from '../access/person.ts';
import type { PartHealth, Probe, Warning } from './probe.ts';

/** How many queues a warning names. */
const namedAtMost = 50;

/**
 * `GET /healthz`: the state of every part, as JSON. Answers 200 when all are up, with warnings or
 * without, and 503 when one is down, within the longest deadline of the probes. Which queues a warning
 * is about is told to those who may see them, to others how many; whoever is not known is told the
 * status alone, because reasons name hosts.
 *
 * @example
 * { "status": "down", "broker": { "status": "down", "reason": "connect ECONNREFUSED 127.0.0.1:6379" } }
 */
export function createHealthRouter(
  probes: Readonly<Record<string, Probe>>,
  access: Pick<Access, 'personOf'>,
): Router {
  return Router().get('/healthz', async (request, response) => {
    const person = access.personOf(request);
    const parts = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => [name, await probe()] as const),
    );
    const status = worst(parts.map(([, part]) => part));
    response
      .status(status === 'down' ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json({
        status,
        // Reasons name hosts.
        ...(person &&
          Object.fromEntries(parts.map(([name, part]) => [name, shownTo(person, part)]))),
      });
  });
}

function worst(parts: readonly PartHealth[]): 'up' | 'warning' | 'down' {
  if (parts.some(({ status }) => status === 'down')) return 'down';
  return parts.some((part) => part.status === 'up' && part.warnings) ? 'warning' : 'up';
}

function shownTo(person: Person, part: PartHealth): PartHealth {
  if (part.status === 'down' || part.warnings === undefined) return part;
  return { ...part, warnings: part.warnings.map((warning) => nameQueues(person, warning)) };
}

function nameQueues(person: Person, warning: Warning): Warning & { count?: number } {
  if (warning.queues === undefined) return warning;
  const { queues, ...rest } = warning;
  const seen = queues.filter((queue) => person.sees(queue));
  return { ...rest, count: queues.length, queues: seen.slice(0, namedAtMost) };
}
