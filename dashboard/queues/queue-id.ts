/** Where the jobs of a queue lie. */
export interface Place {
  /** In Redis what stands before every key, in PostgreSQL the schema. */
  readonly prefix: string;
  readonly name: string;
}

/** What BullMQ takes when nobody names another: before keys in Redis, as the schema in PostgreSQL. */
export type UsualPrefix = 'bull' | 'bullmq';

/**
 * The name of a queue in addresses, of which it is one part, percent-encoded as usual: the same for as
 * long as the queue is there, another for each queue of a broker. What some server or proxy on the way
 * would take for more than a name is written as its bytes, and so is `%`, which Bull Board decodes once
 * more: `100~25` is the queue 100%.
 */
export function queueId({ prefix, name }: Place, usual: UsualPrefix): string {
  // No name has a colon; a prefix may.
  return prefix === usual ? safe(name) : `${safe(prefix)}:${safe(name)}`;
}

/** What people read of a queue: its name, with its prefix where that is not BullMQ's own. */
export function queueTitle({ prefix, name }: Place, usual: UsualPrefix): string {
  return prefix === usual ? name : `${prefix}:${name}`;
}

function safe(text: string): string {
  // A name of dots alone is a way up in an address.
  if (/^\.+$/.test(text)) return escape(text);
  return text.replace(/[%/\\?#~]|\p{Cc}|\p{Cs}/gu, escape);
}

function escape(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `~${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
