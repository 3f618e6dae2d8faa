// @ts-check
'use strict';

/** Options nest three levels at most; what is deeper is some object that refers to itself. */
const deepest = 6;

/**
 * A copy of options that another thread can be given: without functions, and what they are part of.
 *
 * @param {object} options
 * @returns {Record<string, unknown>}
 */
function plain(options, depth = 0) {
  /** @type {Record<string, unknown>} */
  const copy = {};
  if (depth === deepest) return copy;
  for (const [name, value] of Object.entries(options)) {
    const kept = copyOf(value, depth + 1);
    if (kept !== undefined) copy[name] = kept;
  }
  return copy;
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {unknown}
 */
function copyOf(value, depth) {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (!Array.isArray(value)) return plain(value, depth);
  return value.map((one) => copyOf(one, depth)).filter((one) => one !== undefined);
}

module.exports = { plain };
