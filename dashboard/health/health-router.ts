import { Router, type Request } from 'express';
import type { Probe } from './probe.ts';

/**
 * `GET /healthz`: the state of every part, as JSON. Answers 200 when all are up and 503 when one is
 * down, within the longest deadline of the probes.
 * @param showsParts whether whoever asks is told more than the status: reasons name hosts and queues.
 *
 * @example
 * { "status": "down", "broker": { "status": "down", "reason": "connect ECONNREFUSED 127.0.0.1:6379" } }
 */
export function createHealthRouter(
  probes: Readonly<Record<string, Probe>>,
  showsParts: (request: Request) => boolean,
): Router {
  return Router().get('/healthz', async (request, response) => {
    const parts = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => [name, await probe()] as const),
    );
    const status = parts.every(([, part]) => part.status === 'up') ? 'up' : 'down';
    response
      .status(status === 'up' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status, ...(showsParts(request) ? Object.fromEntries(parts) : {}) });
  });
}
