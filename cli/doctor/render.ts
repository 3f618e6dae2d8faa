import type { ExpectedBug } from '../../catalog/doctor/examine.ts';
import type { Reason } from '../../catalog/doctor/package-condition.ts';
import { labelled, renderCode, renderMore, renderTitle } from '../finding-layout.ts';
import type { Seen } from './look.ts';

const words = { sure: 'Sure', perhaps: 'Perhaps' } as const;

/** What applies, for a reader who has not met it yet: the fix comes first, and then what was seen. */
export function renderExamination(
  bugs: readonly ExpectedBug[],
  { files, broker }: Pick<Seen, 'files' | 'broker'>,
): string[] {
  if (bugs.length === 0) return [`No known bug applies. ${readWhat(files, broker)}`];
  return bugs.flatMap(({ bug, title, level, because, fix, code }) => [
    ...renderTitle({ bug, title }),
    ...labelled('Fix', fix),
    ...(code === undefined ? [] : renderCode(code)),
    ...because.flatMap((reason, index) =>
      index === 0
        ? labelled(words[level], `${tell(reason)}.`)
        : labelled('And', `${tell(reason)}.`),
    ),
    ...renderMore(bug),
    '',
  ]);
}

function tell({ says, place: { file, line, of } }: Reason): string {
  const where =
    file === undefined ? of : [file, line].filter((part) => part !== undefined).join(':');
  return where === undefined ? says : `${says} (${where})`;
}

function readWhat(files: readonly string[], broker: Seen['broker']): string {
  const shown = files.slice(0, 6).join(', ') + (files.length > 6 ? ' and others' : '');
  const asked =
    broker && `${broker.url} (${broker.kind ?? 'no answer'} ${broker.version ?? ''}`.trim() + ')';
  return `Looked at this machine${files.length > 0 ? `, ${shown}` : ''}${asked === undefined ? '' : `, ${asked}`}.`;
}
