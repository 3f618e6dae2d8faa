import { Job, RedisQueueBackend, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { cleanJson, placeholder } from './clean-json.ts';
import { jobJsonOf, plainFields, textFields, type JobJson } from './job-json.ts';
import type { Limits } from './limits.ts';

/**
 * Reads of a job's hash what BullMQ reads, and of a text that is too large how large it is: HGETALL
 * would fetch 5 MB of data, or a million fields, to show a line of a list.
 */
const script = `
local out = redis.call('HMGET', KEYS[1], ${plainFields.map((name) => `'${name}'`).join(', ')})
for index = 3, #ARGV do
  local limit = tonumber(ARGV[ARGV[index] == 'stacktrace' and 2 or 1])
  local size = redis.call('HSTRLEN', KEYS[1], ARGV[index])
  if size > limit then
    out[#out + 1] = size
  else
    out[#out + 1] = redis.call('HGET', KEYS[1], ARGV[index])
  end
end
return out`;

/**
 * Reads a job for people to look at. One that BullMQ itself cannot read comes back with a word about
 * what is wrong in the place of what it is, and can be removed like any other.
 * @param whole where all of it can be had.
 * @returns undefined when there is no such job.
 * @throws when the broker does not answer.
 */
export async function readJob(
  queue: Queue,
  id: string,
  limits: Limits,
  whole: string,
): Promise<Job | undefined> {
  const json = await read(queue, id, limits, whole);
  if (json === undefined) return undefined;
  try {
    return Job.fromJSON(queue, json, id);
  } catch (error) {
    return unreadable(queue, id, error, whole);
  }
}

async function read(
  queue: Queue,
  id: string,
  limits: Limits,
  whole: string,
): Promise<JobJson | undefined> {
  const backend: unknown = queue.getBackend();
  try {
    if (backend instanceof RedisQueueBackend) return await readRedis(queue, id, limits, whole);
    const json = await queue.getBackend().getJobData(id);
    return json && cleaned(json, limits, whole);
  } catch (error) {
    // What the server answered about this one job; that it does not answer concerns everybody.
    if (!/WRONGTYPE|call stack|Invalid string length/.test(String(error))) throw error;
    return {
      ...jobJsonOf(id, {}, limits, whole),
      name: '(not readable)',
      data: placeholder(problemOf(error)),
    };
  }
}

async function readRedis(queue: Queue, id: string, limits: Limits, whole: string) {
  const client = (await queue.getBackend().client) as unknown as Redis;
  const values = (await client.eval(
    script,
    1,
    queue.toKey(id),
    limits.field,
    limits.stacktrace,
    ...textFields,
  )) as (string | number | null)[];
  if (values.every((value) => value === null)) return undefined;
  const raw: Record<string, unknown> = {};
  for (const [index, name] of [...plainFields, ...textFields].entries()) {
    const value = values[index];
    if (value !== null) raw[name] = typeof value === 'number' ? { bytes: value } : value;
  }
  return jobJsonOf(id, raw, limits, whole);
}

/** What PostgreSQL holds is JSON, and may still be too large or too deep. */
function cleaned(json: JobJson, limits: Limits, whole: string): JobJson {
  const clean = (value: unknown, name: string) =>
    JSON.parse(cleanJson(JSON.stringify(value), name, limits.field, whole)) as never;
  const parts = {
    data: json.data,
    returnvalue: json.returnvalue,
    stacktrace: json.stacktrace,
    failedReason: json.failedReason,
    name: json.name,
  };
  const raw = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  const { data, returnvalue, stacktrace, name, failedReason } = jobJsonOf(
    json.id,
    raw,
    limits,
    whole,
  );
  return {
    ...json,
    data,
    returnvalue,
    name,
    ...(stacktrace !== undefined && { stacktrace }),
    failedReason,
    opts: clean(json.opts, 'opts'),
    progress: clean(json.progress, 'progress'),
  };
}

function unreadable(queue: Queue, id: string, error: unknown, whole: string): Job {
  const json = jobJsonOf(id, {}, { field: Infinity, stacktrace: Infinity }, whole);
  return Job.fromJSON(
    queue,
    { ...json, name: '(not readable)', data: placeholder(problemOf(error)) },
    id,
  );
}

/** Redis adds where in which script it was. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `This job cannot be read: ${message.replace(/ script: .*$/s, '')}`;
}
