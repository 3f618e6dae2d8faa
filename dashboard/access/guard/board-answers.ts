import type { ControllerHandlerReturnType, HookContext } from '@bull-board/api/dist/types.js';
import type { Masks } from '../masks.ts';
import { includes, type Person } from '../person.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What of an answer of Bull Board somebody is shown: viewers no buttons that would be refused, nobody
 * the nodes of a flow that lie in queues hidden from them, and no masked field.
 */
export function showTo(
  person: Person,
  masks: Masks,
  idOf: (name: string) => string,
  { method, route }: HookContext,
  result: ControllerHandlerReturnType,
): { readonly body: unknown } {
  const body = result.body as Fields;
  const show = method === 'get' ? shown[route] : undefined;
  if (show === undefined || typeof body !== 'object' || 'error' in body) return result;
  // The list is asked for every few seconds: it is not copied for nothing.
  if (route === '/api/queues' && !masks.some && includes(person.role, 'operator')) return result;
  const sees = (name: string) => person.sees(idOf(name));
  return { ...result, body: show(body, { person, masks, sees }) };
}

interface Shown {
  readonly person: Person;
  readonly masks: Masks;
  /** By the board's name of a queue. */
  readonly sees: (queue: string) => boolean;
}

/** By route. What is not named here is shown as it is. */
const shown: Readonly<Record<string, (body: Fields, shown: Shown) => Fields>> = {
  '/api/queues': (body, { person, masks }) => ({
    ...body,
    queues: listOf(body.queues).map((queue) => ({
      ...queue,
      ...(includes(person.role, 'operator') ? {} : { readOnlyMode: true, allowRetries: false }),
      jobs: listOf(queue.jobs).map((job) => withoutMasked(job, masks)),
    })),
  }),
  '/api/queues/:queueName/:jobId': (body, { masks }) => ({
    ...body,
    job: withoutMasked(body.job as Fields, masks),
  }),
  '/api/job-schedulers': (body, { masks }) => ({
    ...body,
    schedulers: listOf(body.schedulers).map((scheduler) => {
      const template = scheduler.template as Fields | undefined;
      if (template === undefined) return scheduler;
      const { data } = template;
      return { ...scheduler, template: { ...template, data: masks.apply('data', data) } };
    }),
  }),
  '/api/queues/:queueName/:jobId/flow': (body, { masks, sees }) => {
    const root = withoutHidden(body.flowRoot as Fields | null, masks, sees);
    return { ...body, flowRoot: root, isFlowNode: listOf(root?.children).length > 0 };
  },
};

/** Data, return value and progress are masked where the board formats them. */
function withoutMasked(job: Fields, masks: Masks): Fields {
  return { ...job, opts: masks.apply('opts', job.opts) };
}

function withoutHidden(node: Fields | null, masks: Masks, sees: Shown['sees']): Fields | null {
  if (node === null || !sees(String(node.queueName))) return null;
  const children = listOf(node.children);
  const seen = children.flatMap((child) => withoutHidden(child, masks, sees) ?? []);
  const { ignoredChildFailureReasons, ...others } = node;
  return {
    ...others,
    // They are told by the keys of children, of whichever queue.
    ...(seen.length === children.length && ignoredChildFailureReasons !== undefined
      ? { ignoredChildFailureReasons }
      : {}),
    progress: masks.apply('progress', node.progress),
    children: seen,
  };
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as Fields[]) : [];
}
