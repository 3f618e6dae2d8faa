import pWaitFor, { TimeoutError } from 'p-wait-for';
import type { Json } from '../lab/engines/engine-programs.ts';
import type { Text } from './run.ts';

/** Whether a condition came to hold before the deadline. */
export async function holdsWithin(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
): Promise<boolean> {
  try {
    await pWaitFor(condition, { interval: 20, timeout: deadlineMs });
    return true;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    return false;
  }
}

/** How many of the lines show a text. */
export function countLines(lines: readonly string[], text: Text): number {
  const shows =
    typeof text === 'string'
      ? (line: string) => line.includes(text)
      : // Without the flags that make a pattern remember where it was.
        (line: string) => new RegExp(text.source, text.flags.replaceAll(/[gy]/g, '')).test(line);
  return lines.filter(shows).length;
}

/** The last line that is a JSON object with this key. */
export function lastObjectWith(
  lines: readonly string[],
  key: string,
): Record<string, unknown> | undefined {
  for (const line of lines.toReversed()) {
    const found = parseObject(line);
    if (found !== undefined && Object.hasOwn(found, key)) return found;
  }
  return undefined;
}

/** All JSON objects among the lines as one; of a key that comes twice the last counts. */
export function allObjects(lines: readonly string[]): Record<string, Json> {
  return Object.assign({}, ...lines.map(parseObject)) as Record<string, Json>;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // Other programs print braces too.
    return undefined;
  }
}
