import {
  limits,
  tooLong,
  type FailedJob,
  type FailedWindow,
  type WholeFailure,
} from './failed-job.ts';
import type { Scripts } from './job-queue.ts';

/** Jobs that one script reads: Redis answers nobody else while a script runs. */
const atOnce = 250;

/** How many jobs have failed, and the newest of them. */
const stampScript = `
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {redis.call('ZCARD', KEYS[1]), (newest[1] or '') .. ' ' .. (newest[2] or '')}
`;

/**
 * What a failed job tells, without its data. Values longer than a limit are not copied. Of the stacks,
 * which are one JSON array, only the frames of the last are sent: it stands behind the last quote, comma,
 * quote, for within a string each quote has a backslash before it. Looked for as plain text, and
 * in long ones from the end: no text may keep Redis busy.
 */
const readScript = `
local function text(value) return value or '' end
local function lastOf(stacks)
  if string.sub(stacks, 1, 2) ~= '["' or string.sub(stacks, -2) ~= '"]' then return '' end
  local start = 3
  if #stacks > 8192 then
    local at = string.find(string.reverse(stacks), '","', 3, true)
    return string.sub(stacks, at and #stacks - at + 2 or 3, -3)
  end
  local _, at = string.find(stacks, '","', 3, true)
  while at do
    start = at + 1
    _, at = string.find(stacks, '","', start, true)
  end
  return string.sub(stacks, start, -3)
end
local function read(id, score, whole)
  local key = KEYS[2] .. id
  local reasonLength = redis.call('HSTRLEN', key, 'failedReason')
  local stackLength = redis.call('HSTRLEN', key, 'stacktrace')
  local found = redis.call('HMGET', key, 'timestamp', 'name', 'pb', 'processedBy', 'atm', 'attemptsMade',
    reasonLength <= tonumber(ARGV[1]) and 'failedReason' or '',
    stackLength <= tonumber(ARGV[2]) and 'stacktrace' or '')
  if not found[1] then return nil end
  local reason, stack = text(found[7]), text(found[8])
  if not whole then
    reason = string.sub(reason, 1, tonumber(ARGV[3]))
    stack = lastOf(stack)
    local frames = string.find(stack, '\\\\n    at ', 1, true) or 1
    stack = string.sub(stack, frames, frames + tonumber(ARGV[4]))
  end
  return {id, score, reason, reasonLength, stack, string.sub(text(found[2]), 1, 200),
    found[1], string.sub(text(found[3] or found[4]), 1, 200), text(found[5] or found[6])}
end
`;

const sliceScript = `${readScript}
local ids = redis.call('ZREVRANGE', KEYS[1], ARGV[5], ARGV[6], 'WITHSCORES')
local jobs = {}
for i = 1, #ids, 2 do jobs[#jobs + 1] = read(ids[i], ids[i + 1], false) end
return jobs
`;

const oneScript = `${readScript}
local score = redis.call('ZSCORE', KEYS[1], ARGV[5])
if not score then return false end
return read(ARGV[5], score, true) or false
`;

type Row = readonly [
  id: string,
  score: string,
  reason: string,
  reasonLength: number,
  stack: string,
  name: string,
  timestamp: string,
  processedBy: string,
  attempts: string,
];

/** The newest failed jobs of a queue in Redis; `known` when nothing has changed since. */
export async function readRedisWindow(
  { keyOf, run }: Scripts,
  limit: number,
  known: FailedWindow | undefined,
): Promise<FailedWindow> {
  const stamped = await run('poolproofFailedStamp', stampScript, 1, [keyOf('failed')]);
  const [failed, newest] = stamped as [number, string];
  const stamp = `${failed} ${newest}`;
  if (known?.stamp === stamp) return known;
  const starts = [];
  for (let start = 0; start < Math.min(failed, limit); start += atOnce) starts.push(start);
  const slices = await Promise.all(
    starts.map((start) =>
      run('poolproofFailedSlice', sliceScript, 2, [
        ...[keyOf('failed'), keyOf('')],
        ...[limits.readReason, limits.readStacks, limits.reason, limits.stack],
        ...[start, Math.min(start + atOnce, limit) - 1],
      ]),
    ),
  );
  // A job that failed between two slices moved the others down: some may come twice.
  const jobs = new Map((slices.flat() as Row[]).map((row) => [row[0], jobOf(row)]));
  return { failed, stamp, jobs: [...jobs.values()] };
}

/** One failed job with all of its stacks; undefined when it is not failed, or gone. */
export async function readRedisFailure(
  { keyOf, run }: Scripts,
  id: string,
): Promise<WholeFailure | undefined> {
  const row = (await run('poolproofFailedJob', oneScript, 2, [
    ...[keyOf('failed'), keyOf('')],
    ...[limits.readReason, limits.readStacks, limits.reason, limits.stack],
    id,
  ])) as Row | null;
  if (row === null) return undefined;
  const stacktrace = stacksOf(row[4]);
  return { ...jobOf(row), stack: stacktrace.at(-1) ?? '', stacktrace };
}

function jobOf(row: Row): FailedJob {
  const [id, score, reason, reasonLength, stack, name, timestamp, processedBy, attempts] = row;
  return {
    id,
    name,
    failedAt: Number(score),
    addedAt: Number(timestamp) || 0,
    attempts: Number(attempts) || 0,
    ...(processedBy !== '' && { processedBy }),
    failedReason:
      reasonLength > limits.readReason
        ? tooLong('a message', reasonLength)
        : reason.replace(/\uFFFD$/, ''),
    stack: unquoted(stack),
  };
}

/** Frames that were read: jobs that failed alike share one text. */
const read = new Map<string, string>();
const mostKept = 2000;

/** What stands between the quotes of a JSON string, whose end may be cut off. */
function unquoted(inside: string): string {
  const known = read.get(inside);
  if (known !== undefined) return known;
  if (read.size >= mostKept) read.clear();
  const text =
    parsed(inside) ?? parsed(inside.replace(/\uFFFD?\\?(?:\\u[\da-f]{0,3})?$/i, '')) ?? '';
  read.set(inside, text);
  return text;
}

function parsed(inside: string): string | undefined {
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    // Cut within an escape, or broken.
    return undefined;
  }
}

function stacksOf(json: string): string[] {
  try {
    const stacks: unknown = JSON.parse(json || '[]');
    return Array.isArray(stacks) ? stacks.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
