import { compileTemplate } from '../../catalog/signature/template.ts';
import type { Signature } from '../../catalog/writeup/schema.ts';
import { omission } from '../lab/line-buffer.ts';

const head = 60;
const tail = 40;
/** Kept on either side of the first line of each signature, so that the message is read in its traceback. */
const around = 12;

/**
 * Shortens a log to its beginning, its end and the first places that show a signature or its context.
 * Lines left out are counted where they stood.
 */
export function trimLog(
  log: readonly string[],
  signatures: readonly Pick<Signature, 'template' | 'near'>[],
): string[] {
  const telling = signatures
    .flatMap(({ template, near }) => [template, ...near])
    .map((text) => log.findIndex(compileTemplate(text).matches))
    .filter((index) => index !== -1);
  const isKept = (index: number) =>
    index < head ||
    index >= log.length - tail ||
    telling.some((first) => Math.abs(index - first) <= around);

  const kept: string[] = [];
  let left = 0;
  for (const [index, line] of log.entries()) {
    if (!isKept(index)) {
      left += 1;
      continue;
    }
    if (left > 0) kept.push(omission(left));
    left = 0;
    kept.push(line.trimEnd());
  }
  return kept;
}
