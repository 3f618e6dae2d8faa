import { Job } from 'bullmq';
import { cleanJson, cleanText, type RawField } from './clean-json.ts';
import type { Limits } from './limits.ts';

/** What `Job.fromJSON` takes. */
export type JobJson = Parameters<typeof Job.fromJSON>[1];

/** The fields of a job's hash in Redis whose size anybody may choose. */
export const textFields = [
  'name',
  'data',
  'opts',
  'progress',
  'returnvalue',
  'stacktrace',
  'failedReason',
  'defa',
  'parent',
] as const;

/** The others that BullMQ reads. A hash may have any number of further ones, which nobody does. */
export const plainFields = [
  'timestamp',
  'delay',
  'priority',
  'processedOn',
  'finishedOn',
  'attemptsMade',
  'atm',
  'ats',
  'stc',
  'rjk',
  'deid',
  'parentKey',
  'pb',
] as const;

type TextField = (typeof textFields)[number];
type PlainField = (typeof plainFields)[number];
export type RawJob = Partial<Record<TextField, RawField> & Record<PlainField, string>>;

/** What is known of a job, made fit to be read by BullMQ and sent as JSON, whatever its fields hold. */
export function jobJsonOf(id: string, raw: RawJob, limits: Limits, whole: string): JobJson {
  const json = (name: TextField, otherwise: string) =>
    raw[name] === undefined ? otherwise : cleanJson(raw[name], name, limits.field, whole);
  const text = (name: TextField) =>
    raw[name] === undefined ? undefined : cleanText(raw[name], name, limits.field);
  const whenThere = (name: PlainField) => {
    const value = Number.parseInt(raw[name] ?? '', 10);
    return Number.isFinite(value) ? value : undefined;
  };
  const parent = asObject(json('parent', 'null'));
  const failedReason = text('failedReason');
  const deferredFailure = text('defa');
  const finishedOn = whenThere('finishedOn');
  const processedOn = whenThere('processedOn');
  return {
    id,
    name: text('name') ?? '',
    data: json('data', '{}'),
    opts: optionsOf(json('opts', '{}')),
    progress: JSON.parse(json('progress', '0')) as number,
    delay: whenThere('delay') ?? 0,
    priority: whenThere('priority') ?? 0,
    timestamp: whenThere('timestamp') ?? 0,
    attemptsStarted: whenThere('ats') ?? 0,
    attemptsMade: whenThere('attemptsMade') ?? whenThere('atm') ?? 0,
    stalledCounter: whenThere('stc') ?? 0,
    stacktrace: stacktraceOf(raw.stacktrace, limits.stacktrace),
    returnvalue: json('returnvalue', 'null'),
    ...(finishedOn !== undefined && { finishedOn }),
    ...(processedOn !== undefined && { processedOn }),
    ...(failedReason !== undefined && { failedReason }),
    ...(deferredFailure !== undefined && { deferredFailure }),
    ...(raw.rjk !== undefined && { repeatJobKey: raw.rjk }),
    ...(raw.deid !== undefined && { deduplicationId: raw.deid }),
    ...(raw.parentKey !== undefined && { parentKey: raw.parentKey }),
    ...(raw.pb !== undefined && { processedBy: raw.pb }),
    ...(parent && { parent: parent as { id: string; queueKey: string } }),
  } as JobJson;
}

/** As BullMQ decodes them; a placeholder stands as it is. */
function optionsOf(json: string): object {
  const options = asObject(json);
  return options === undefined ? {} : Job.optsFromJSON(JSON.stringify(options));
}

function asObject(json: string): object | undefined {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** The traces of all attempts: JSON of a list of texts, whatever the field holds. */
function stacktraceOf(field: RawField | undefined, limit: number): string {
  if (field === undefined) return '[]';
  const traces = typeof field === 'string' && field.length <= limit ? listOf(field) : undefined;
  return JSON.stringify(traces ?? [cleanText(field, 'stacktrace', limit)]);
}

function listOf(json: string): string[] | undefined {
  try {
    const traces: unknown = JSON.parse(json);
    if (!Array.isArray(traces)) return undefined;
    return traces.map((trace) => (typeof trace === 'string' ? trace : ''));
  } catch {
    return undefined;
  }
}
