import { z } from 'zod';
import { valid } from '../../worker/api/route.ts';
import { Refusal } from '../../worker/api/problem.ts';
import { states, type ScannedJob, type State } from '../jobs/scanned-job.ts';
import { readCondition, type Condition } from './condition.ts';

/** What is searched for. */
export interface Filter {
  /** Ids of queues; empty: all. */
  readonly queues: readonly string[];
  readonly ids: readonly string[];
  readonly name: string;
  readonly states: readonly State[];
  /** Which time counts. */
  readonly at: 'added' | 'finished';
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly where: readonly Condition[];
  /** How many jobs of each queue are looked at in each state. */
  readonly look: number;
}

const mostLooked = 10_000;
const mostIds = 50;
const mostConditions = 10;

const one = z.string().max(500);
const many = z.union([one.transform((text) => [text]), z.array(one).max(100)]).default([]);
const time = one
  .regex(
    /^(?:\d{1,4}[smhd]|\d{4}-\d\d-\d\d(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:\d\d)?)?)$/,
    'expected a time such as 15m, 2h, 7d (ago) or 2026-11-25T18:00:00Z',
  )
  .optional();

const query = z.strictObject({
  queue: many,
  id: one.default(''),
  name: one.default(''),
  state: z
    .union([z.enum(states).transform((state) => [state]), z.array(z.enum(states))])
    .default([]),
  at: z.enum(['added', 'finished']).default('added'),
  since: time,
  until: time,
  where: many,
  look: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, `expected a whole number from 1 to ${mostLooked}`)
    .transform(Number)
    .refine((count) => count <= mostLooked, `expected at most ${mostLooked}`)
    .default(1000),
});

/**
 * Reads a filter as it stands in an address.
 * @throws Refusal with 400 and what was expected.
 */
export function readFilter(given: unknown, now: number): Filter {
  const { queue, id, name, state, since, until, where, look, at } = valid(query, given);
  const ids = id.split(/[\s,]+/).filter((text) => text !== '');
  if (ids.length > mostIds) {
    throw new Refusal(400, `expected at most ${mostIds} ids, got ${ids.length}`);
  }
  const conditions = where.filter((text) => text.trim() !== '');
  if (conditions.length > mostConditions) {
    throw new Refusal(
      400,
      `expected at most ${mostConditions} conditions, got ${conditions.length}`,
    );
  }
  return {
    queues: queue.filter((text) => text !== ''),
    ids,
    name,
    states: state.length > 0 ? state : states,
    at,
    since: timeOf(since, now),
    until: timeOf(until, now),
    where: conditions.map(readCondition),
    look,
  };
}

/** A filter as the query of an address, which a write brings along as text. */
export function readFilterText(text: string, now: number): Filter {
  const given: Record<string, string | string[]> = {};
  for (const name of new Set(new URLSearchParams(text).keys())) {
    const values = new URLSearchParams(text).getAll(name);
    given[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return readFilter(given, now);
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function timeOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const [, count, unit = ''] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit] ?? 0);
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Refusal(400, `expected a time, got "${text}"`);
  return time;
}

/** Whether all but the data of a job fits. */
export function fits(job: ScannedJob, filter: Filter): boolean {
  const { name, at, since, until, states: wanted } = filter;
  const time = at === 'added' ? job.addedAt : job.finishedAt;
  if (!wanted.includes(job.state)) return false;
  if (name !== '' && !matchesName(job.name, name)) return false;
  if (since === undefined && until === undefined) return true;
  return time !== undefined && time >= (since ?? -Infinity) && time <= (until ?? Infinity);
}

/** `*` stands for any characters. Compared piece by piece: a name is never read as an expression. */
function matchesName(name: string, wanted: string): boolean {
  const pieces = wanted.split('*');
  const [first = '', ...rest] = pieces;
  if (rest.length === 0) return name === wanted;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let place = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  return place <= name.length - last.length;
}
