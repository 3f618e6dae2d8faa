import type { Request, Response } from 'express';
import { Refusal } from '../../worker/api/problem.ts';
import { pause } from '../../worker/pause.ts';
import type { Person } from '../access/person.ts';
import type { Looker } from './look.ts';

/** How often a look is taken for those who listen, and after how long a sign of life comes, in milliseconds. */
const everyMs = 3000;
const silenceMs = 15_000;
/** Streams that one process keeps open. */
const mostStreams = 100;

/**
 * Server-sent events: the stamp of the failures whenever it changes. All who listen share the looks,
 * and what did not change is not read.
 */
export function createEvents(looker: Looker) {
  let open = 0;
  return async (_request: Request, response: Response, person: Person): Promise<void> => {
    if (open >= mostStreams) {
      throw new Refusal(503, `${mostStreams} pages follow the failures. Close some of them.`);
    }
    open++;
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    try {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      for await (const text of stamps(looker, person, left.signal)) response.write(text);
    } finally {
      open--;
      response.end();
    }
  };
}

async function* stamps(
  looker: Looker,
  person: Person,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let told: string | undefined;
  let toldAt = 0;
  while (!signal.aborted) {
    // A broker that is away for a while is looked at again.
    const stamp = await looker.look(person).then(
      (look) => look.stamp,
      () => told,
    );
    if (stamp !== undefined && stamp !== told) {
      yield `data: ${JSON.stringify({ stamp })}\n\n`;
      [told, toldAt] = [stamp, performance.now()];
    } else if (performance.now() - toldAt > silenceMs) {
      yield ': still there\n\n';
      toldAt = performance.now();
    }
    await pause(everyMs, signal);
  }
}
