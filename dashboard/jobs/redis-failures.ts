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
 * which are one JSON array, only the last is sent: it stands behind the last quote, comma, quote, for
 * within a string each quote has a backslash before it.
 */
const readScript = `
local function text(value) return value or '' end
local function read(id, score, whole)
  local key = KEYS[2] .. id
  local reasonLength = redis.call('HSTRLEN', key, 'failedReason')
  local stackLength = redis.call('HSTRLEN', key, 'stacktrace')
  local reason, stack = '', ''
  if reasonLength <= tonumber(ARGV[1]) then reason = text(redis.call('HGET', key, 'failedReason')) end
  if stackLength <= tonumber(ARGV[2]) then stack = text(redis.call('HGET', key, 'stacktrace')) end
  if not whole then
    reason = string.sub(reason, 1, tonumber(ARGV[3]))
    -- Asked first: in what does not end so, a pattern would look for its end again and again.
    if string.sub(stack, -2) ~= '"]' then stack = '' end
    stack = string.match(stack, '^.*","(.*)"%]$') or string.match(stack, '^%["(.*)"%]$') or ''
    stack = string.sub(stack, 1, tonumber(ARGV[4]))
  end
  local rest = redis.call('HMGET', key, 'name', 'timestamp', 'pb', 'processedBy', 'atm', 'attemptsMade')
  if not rest[2] then return nil end
  return {id, score, reason, reasonLength, stack, stackLength, string.sub(text(rest[1]), 1, 200),
    rest[2], string.sub(text(rest[3] or rest[4]), 1, 200), text(rest[5] or rest[6])}
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
  stackLength: number,
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
  const [id, score, reason, reasonLength, stack, , name, timestamp, processedBy, attempts] = row;
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

/** What stands between the quotes of a JSON string, whose end may be cut off. */
function unquoted(inside: string): string {
  const whole = inside.replace(/\uFFFD$/, '').replace(/\\(?:u[\da-f]{0,3})?$/i, '');
  for (const text of [inside, whole]) {
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      // Cut within an escape, or broken.
    }
  }
  return '';
}

function stacksOf(json: string): string[] {
  try {
    const stacks: unknown = JSON.parse(json || '[]');
    return Array.isArray(stacks) ? stacks.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
