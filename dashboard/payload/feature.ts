import { sendProblem } from '../../worker/api/problem.ts';
import { isMaskable } from '../access/mask-path.ts';
import type { Masks } from '../access/masks.ts';
import type { Feature } from '../feature.ts';
import type { QueueDirectory } from '../queues/directory.ts';
import { readWhole } from '../queues/jobs/read-whole.ts';

interface PayloadParts {
  readonly queues: QueueDirectory;
  readonly masks: Masks;
}

/** All of a job, as a file of text: for what is too large for a list or a page. */
export function payload({ queues, masks }: PayloadParts): Feature {
  return {
    name: 'payload',
    routes: [
      {
        method: 'get',
        path: '/ops/api/queues/:queue/jobs/:job/payload',
        role: 'viewer',
        handle: async (request, response) => {
          const { queue = '', job = '' } = request.params as Record<string, string>;
          const known = queues.find(queue);
          if (known === undefined) {
            sendProblem(response, 404, `expected a queue of this broker, got "${queue}"`);
            return;
          }
          const fields = await readWhole(known.queue, job);
          if (fields === undefined) {
            sendProblem(response, 404, `expected a job of ${known.title}, got "${job}"`);
            return;
          }
          // An attachment: what somebody put into a job is not to be shown as a page of this address.
          response
            .type('text/plain')
            .set('Cache-Control', 'no-store')
            .attachment(`job-${job.replace(/[^\w-]/g, '_')}.txt`)
            .send(
              fields.map(([name, text]) => `# ${name}\n${masked(masks, name, text)}\n`).join('\n'),
            );
        },
      },
    ],
  };
}

/** The text of a field, of which paths of masks may hide parts. */
function masked(masks: Masks, name: string, text: string): string {
  return isMaskable(name) ? masks.apply(name, text) : text;
}
