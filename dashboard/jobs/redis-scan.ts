import type { Scripts } from './job-queue.ts';
import {
  longestData,
  longestReason,
  type Range,
  type ScannedJob,
  type Slice,
  type State,
} from './scanned-job.ts';

const readScript = `
local function text(value) return value or '' end
local function read(id, wantsData)
  local key = KEYS[1] .. id
  local dataLength = redis.call('HSTRLEN', key, 'data')
  local reasonLength = redis.call('HSTRLEN', key, 'failedReason')
  local found = redis.call('HMGET', key, 'timestamp', 'name', 'finishedOn', 'atm', 'attemptsMade',
    reasonLength <= ${longestData} and 'failedReason' or '',
    wantsData and dataLength <= ${longestData} and 'data' or '')
  if not found[1] then return nil end
  return {id, string.sub(text(found[2]), 1, 200), found[1], text(found[3]), text(found[4] or found[5]),
    string.sub(text(found[6]), 1, ${longestReason}), dataLength, text(found[7])}
end
`;

/** KEYS[1] the keys of the queue, KEYS[2] the state; ARGV: its type, first, last, whether data is wanted. */
const sliceScript = `${readScript}
local total, ids
if ARGV[1] == 'list' then
  total = redis.call('LLEN', KEYS[2])
  ids = redis.call('LRANGE', KEYS[2], ARGV[2], ARGV[3])
else
  total = redis.call('ZCARD', KEYS[2])
  ids = redis.call(ARGV[1] == 'newest' and 'ZREVRANGE' or 'ZRANGE', KEYS[2], ARGV[2], ARGV[3])
end
local jobs = {}
for i = 1, #ids do jobs[#jobs + 1] = read(ids[i], ARGV[4] == '1') end
return {total, jobs}
`;

/** ARGV: whether data is wanted, then ids. */
const idsScript = `${readScript}
local jobs = {}
for i = 2, #ARGV do jobs[#jobs + 1] = read(ARGV[i], ARGV[1] == '1') end
return jobs
`;

/** How each state is kept: lists have the newest first; delayed and prioritized jobs come by their turn. */
const kept: Readonly<Record<State, readonly (readonly [key: string, type: string])[]>> = {
  failed: [['failed', 'newest']],
  completed: [['completed', 'newest']],
  active: [['active', 'list']],
  // Before BullMQ 6 the jobs of a paused queue lay in a list of their own.
  waiting: [
    ['wait', 'list'],
    ['paused', 'list'],
  ],
  delayed: [['delayed', 'first']],
  prioritized: [['prioritized', 'first']],
  'waiting-children': [['waiting-children', 'newest']],
};

type Row = readonly [
  id: string,
  name: string,
  timestamp: string,
  finishedOn: string,
  attempts: string,
  reason: string,
  dataLength: number,
  data: string,
];

/** A slice of the jobs of a queue in Redis. */
export async function scanRedis(
  { keyOf, run }: Scripts,
  state: State,
  { start, length }: Range,
  wantsData: boolean,
): Promise<Slice> {
  const parts = await Promise.all(
    kept[state].map(async ([key, type]) => {
      const keys = [keyOf(''), keyOf(key)];
      const last = start + length - 1;
      return (await run('poolproofScan', sliceScript, 2, [
        ...keys,
        ...[type, start, last, wantsData ? 1 : 0],
      ])) as [number, Row[]];
    }),
  );
  return {
    total: parts.reduce((sum, [total]) => sum + total, 0),
    jobs: parts.flatMap(([, rows]) => rows.map((row) => jobOf(row, state, wantsData))),
  };
}

/** Those of some jobs that are there. Their states are not looked up. */
export async function findInRedis(
  { keyOf, run }: Scripts,
  ids: readonly string[],
  wantsData: boolean,
): Promise<Omit<ScannedJob, 'state'>[]> {
  const rows = await run('poolproofFind', idsScript, 1, [keyOf(''), wantsData ? 1 : 0, ...ids]);
  return (rows as Row[]).map((row) => jobOf(row, 'waiting', wantsData));
}

function jobOf(row: Row, state: State, wantsData: boolean): ScannedJob {
  const [id, name, timestamp, finishedOn, attempts, failedReason, dataBytes, data] = row;
  return {
    id,
    name,
    state,
    addedAt: Number(timestamp) || 0,
    ...(finishedOn !== '' && { finishedAt: Number(finishedOn) }),
    attempts: Number(attempts) || 0,
    failedReason: failedReason.replace(/\uFFFD$/, ''),
    dataBytes,
    ...(wantsData && dataBytes <= longestData && { data }),
  };
}
