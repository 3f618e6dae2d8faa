import { deepest, placeholderKey } from './limits.ts';

/** How much of a text that cannot be sent is shown, in characters. */
const shownCharacters = 2000;

/** A field of a job as the broker holds it, or how large one is that was not read. */
export type RawField = string | { readonly bytes: number };

/** JSON that can be sent: the field's own, or a word about what is wrong with it. */
export function cleanJson(field: RawField, name: string, limit: number, whole: string): string {
  if (typeof field !== 'string') return cut(name, field.bytes, limit, whole);
  if (field.length > limit) return cut(name, Buffer.byteLength(field), limit, whole);
  const levels = depthOf(field);
  if (levels > deepest) {
    const problem = `${name} is nested ${levels.toLocaleString('en')} levels deep; up to ${deepest} are shown.`;
    return placeholder(problem, { whole, begins: begin(field) });
  }
  try {
    JSON.parse(field);
    return field;
  } catch (error) {
    const problem = `${name} is no JSON: ${(error as Error).message}. A worker cannot read this job either.`;
    return placeholder(problem, { whole, begins: begin(field) });
  }
}

/** A text that can be sent. */
export function cleanText(field: RawField, name: string, limit: number): string {
  const bytes = typeof field === 'string' ? Buffer.byteLength(field) : field.bytes;
  if (typeof field === 'string' && bytes <= limit) return field;
  const begins = typeof field === 'string' ? begin(field) : '';
  return `${begins}… (${name}: ${size(bytes)}, of which up to ${size(limit)} are sent here)`;
}

function cut(name: string, bytes: number, limit: number, whole: string): string {
  const problem = `${name} has ${size(bytes)}; up to ${size(limit)} are sent here. All of it: ${whole}`;
  return placeholder(problem, { bytes, whole });
}

/** JSON that says why something is not there. */
export function placeholder(problem: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ [placeholderKey]: problem, ...more });
}

/** How deep JSON is nested, told from its text: what reads it recursively has an end. */
export function depthOf(text: string): number {
  let level = 0;
  let most = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (inString) {
      if (letter === '\\') index += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') most = Math.max(most, (level += 1));
    else if (letter === '}' || letter === ']') level -= 1;
  }
  return most;
}

function begin(text: string): string {
  return text.slice(0, shownCharacters);
}

function size(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024).toLocaleString('en')} KiB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
