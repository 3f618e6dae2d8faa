import type { BaseAdapter } from '@bull-board/api/dist/queueAdapters/base.js';
import type {
  BeforeHook,
  BoardHooks,
  ControllerHandlerReturnType,
  HookContext,
} from '@bull-board/api/dist/types.js';
import type { RequestHandler, Response } from 'express';
import type { Access } from '../access.ts';
import type { Masks } from '../masks.ts';
import { includes, type Person } from '../person.ts';
import { notAudited, record, recordRefusal } from '../record.ts';
import { showTo } from './board-answers.ts';
import { describeWrite, roleOf } from './board-writes.ts';

/** What stands between people and Bull Board. */
export interface BoardGuard {
  /** Mounted before the board: the audit log of its writes. */
  readonly handler: RequestHandler;
  /** The board's hooks: roles, masks, and after those what else has to be asked before. */
  readonly hooks: (before: BeforeHook) => BoardHooks;
  /** Hides a queue from those who may not see it, and masks fields of its jobs. @param id as the dashboard names it. */
  readonly guard: (adapter: BaseAdapter, id: string) => void;
}

/**
 * Bull Board's hooks get the headers of a request and not the request: people are known by the very
 * object of its headers, which no client can send.
 */
export function guardBoard(access: Access, masks: Masks): BoardGuard {
  const ids = new Map<string, string>();
  const idOf = (name: string) => ids.get(name) ?? name;
  const personOf = ({ request }: HookContext) => access.personOf(request);
  return {
    handler: auditWrites(access, idOf),
    hooks: (before) => ({
      before: async (context) => {
        const refusal = refusalOf(context, personOf(context), masks, idOf, [...ids.values()]);
        return refusal === undefined ? before(context) : { allow: false, ...refusal };
      },
      after: (context, result) => {
        const person = personOf(context);
        if (person === undefined) return { status: 403, body: {} };
        return showTo(person, masks, idOf, context, result) as ControllerHandlerReturnType;
      },
    }),
    guard: (adapter, id) => {
      ids.set(adapter.getName(), id);
      adapter.setVisibilityGuard((request) => access.personOf(request)?.sees(id) ?? false);
      if (!masks.some) return;
      adapter.setFormatter('data', (data) => masks.apply('data', data) as object);
      adapter.setFormatter('returnValue', (value) => masks.apply('returnvalue', value) as object);
      adapter.setFormatter('progress', (value) => masks.apply('progress', value) as number);
    },
  };
}

type Refusal = NonNullable<
  Pick<Exclude<Awaited<ReturnType<BeforeHook>>, void>, 'status' | 'message'>
>;

function refusalOf(
  { method, route, request }: HookContext,
  person: Person | undefined,
  masks: Masks,
  idOf: (name: string) => string,
  ids: readonly string[],
): Refusal | undefined {
  if (person === undefined) {
    return { status: 403, message: 'expected somebody who is logged in. Log in at /login' };
  }
  const wanted = roleOf(method, route);
  if (!includes(person.role, wanted)) return { status: 403, message: missing(wanted, person) };
  if (wanted !== 'viewer' && masks.areIn(request.body)) {
    const message =
      'Masked fields would be written over with what stands for them. Nothing was done';
    return { status: 409, message };
  }
  // History is not behind the guards of the queues.
  if (route.startsWith('/api/metrics/')) {
    const { queue } = request.query as { queue?: unknown };
    const asked = typeof queue === 'string' && queue !== '' ? [idOf(queue)] : ids;
    if (!asked.every((id) => person.sees(id))) {
      return { status: 404, message: 'expected a queue of this broker' };
    }
  }
  return undefined;
}

function missing(wanted: string, person: Person): string {
  return `expected the role ${wanted}, got ${person.role} (${person.name}). Ask an admin of this dashboard for it`;
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Viewers write nothing, whatever routes there are; the rest is for the hooks to tell, which know the route. */
function auditWrites(access: Access, idOf: (name: string) => string): RequestHandler {
  return async (request, response, next) => {
    if (reads.has(request.method)) {
      next();
      return;
    }
    const person = access.personOf(request);
    if (person === undefined) {
      answer(response, 401, 'expected somebody who is logged in. Log in at /login');
      return;
    }
    const { queue, ...described } = describeWrite(request.method, request.path);
    const write = { ...described, person: person.name, queue: queue && idOf(queue) };
    if (!includes(person.role, 'operator')) {
      await recordRefusal(access, request, write, 403);
      answer(response, 403, missing('operator', person));
    } else if (await record(access, request, response, write)) next();
    else answer(response, 503, notAudited);
  };
}

/** As Bull Board answers what a hook refuses: its page shows the message. */
function answer(response: Response, status: number, message: string): void {
  response.status(status).json({ error: { key: 'ERRORS.FORBIDDEN' }, message });
}
