import { levels } from '../signature/conclude.ts';
import { bugsNamed, type DiagnosedBug, type Diagnosis } from './diagnosis.ts';

/** A match, an error or a version with the log it stands in, where there are several. */
export type InFile<Found> = Found & { readonly file?: string };

/** What several logs show together. */
export interface Diagnoses extends Pick<Diagnosis, 'linesRead' | 'versions'> {
  readonly matches: readonly InFile<DiagnosedBug>[];
  readonly unmatchedErrors: readonly InFile<Diagnosis['unmatchedErrors'][number]>[];
}

/** Of each bug the best match of all logs; errors and versions of all, with the log they stand in. */
export function together(
  diagnoses: readonly { readonly file: string; readonly diagnosis: Diagnosis }[],
): Diagnoses {
  const found = diagnoses
    .flatMap(({ file, diagnosis }) => diagnosis.matches.map((match) => ({ ...match, file })))
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || b.score - a.score);
  const named = new Set<string>();
  const matches = found.filter((match) => {
    const bugs = bugsNamed(match);
    if (bugs.some((one) => named.has(one))) return false;
    for (const one of bugs) named.add(one);
    return true;
  });
  return {
    matches,
    unmatchedErrors: diagnoses.flatMap(({ file, diagnosis }) =>
      diagnosis.unmatchedErrors.map((error) => ({ ...error, file })),
    ),
    linesRead: diagnoses.reduce((sum, { diagnosis }) => sum + diagnosis.linesRead, 0),
    versions: diagnoses.flatMap(({ file, diagnosis }) =>
      diagnosis.versions.map((version) => ({ ...version, file })),
    ),
  };
}
