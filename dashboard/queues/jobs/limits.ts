/** What of a job is sent at most, in bytes of each field. What is larger is named, and to be had whole. */
export interface Limits {
  /** Of data, return value, progress, options, name, reason and parent. */
  readonly field: number;
  /** Of the stack traces of all attempts together. */
  readonly stacktrace: number;
}

/** In a list, which is sent again with each poll. */
export const listLimits: Limits = { field: 8 * 1024, stacktrace: 64 * 1024 };

/** On the page of a job. */
export const pageLimits: Limits = { field: 256 * 1024, stacktrace: 512 * 1024 };

/** How deep JSON may be nested. Node cannot write what is some thousand levels deep, browsers show less. */
export const deepest = 100;

/** Marks what stands in the place of something that cannot be sent; nobody may write it back. */
export const placeholderKey = '$poolproof';
