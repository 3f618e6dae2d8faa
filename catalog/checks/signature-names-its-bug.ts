import { bugsNamed, type DiagnosedBug } from '../diagnose/diagnosis.ts';
import { createLogReaders } from '../diagnose/log-reader.ts';
import { observationsOf } from '../evidence/observations.ts';
import { cellName, type Observation } from '../evidence/schema.ts';
import type { ClaimResult } from '../verdict/results.ts';
import type { Claim, Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/**
 * What was recorded of a bug is diagnosed as that bug. A run that shows it by its message names it
 * first, or as one of the candidates; and no run of it, healthy or not, names a bug but those that
 * print the same message, and those that the claim says it `alsoShows`.
 */
export const signatureNamesItsBug: Check = ({ writeups, tested }) => {
  const openReader = createLogReaders(writeups);
  const groups = groupsOf(writeups);
  const diagnose = ({ log, jobs }: Observation) => {
    const reader = openReader();
    reader.write([...log, ...jobs.map(({ error }) => error ?? '')].join('\n'));
    return reader.end().matches;
  };
  return tested.flatMap(({ writeup, results }) => {
    const runs = results.flatMap((result): Run[] =>
      result.evidence === undefined
        ? []
        : [{ result, diagnoses: observationsOf(result.evidence).map(diagnose) }],
    );
    const messages = [
      ...runs.flatMap((run) => complaints(run, writeup, groups)),
      ...writeup.claims.flatMap((claim) => idle(claim, runs, writeup, groups)),
    ];
    return messages.map((message) => ({ file: writeup.file, message }));
  });
};

/** Evidence in one cell, and what each of its distinct logs is diagnosed as. */
interface Run {
  readonly result: Extract<ClaimResult, { evidence: object }>;
  readonly diagnoses: readonly (readonly DiagnosedBug[])[];
}

/** The bugs of which one message may be, by the id of each. */
type Groups = ReadonlyMap<string, ReadonlySet<string>>;

/** Two bugs are of one group when a message of theirs is the same, whatever tells them apart. */
function groupsOf(writeups: readonly Writeup[]): Groups {
  const templates = ({ signatures }: Writeup) =>
    new Set(signatures.map(({ template }) => template));
  const own = writeups.map((writeup) => ({ id: writeup.id, templates: templates(writeup) }));
  return new Map(
    own.map((one) => [
      one.id,
      new Set([
        one.id,
        ...own
          .filter((other) => !other.templates.isDisjointFrom(one.templates))
          .map(({ id }) => id),
      ]),
    ]),
  );
}

function complaints({ result, diagnoses }: Run, { id }: Writeup, groups: Groups): string[] {
  const { claim, cell, judged } = result;
  const where = `the log of "${claim.id}" on ${cellName(cell)}`;
  const allowed = [id, ...(claim.alsoShows ?? [])].flatMap((one) => [
    ...(groups.get(one) ?? [one]),
  ]);
  const { signature } = claim.expect;
  return diagnoses.flatMap((matches) => {
    const [first] = matches;
    if (
      signature !== undefined &&
      judged.verdict === 'confirmed' &&
      (first === undefined || !names(first, [id]))
    ) {
      return `signature "${signature}": expected ${where} to be diagnosed as ${id} first, got ${told(matches)}. Narrow the signatures of the others with "near", "where", "not" or "unless", or widen this one.`;
    }
    const strangers = matches.filter((match) => !names(match, allowed));
    return strangers.length === 0
      ? []
      : `expected ${where} to show no other bug, got ${told(strangers)}. Narrow the signatures of that bug; or, where the run truly shows it, too, add it to "alsoShows" of the claim.`;
  });
}

/** What a claim says it shows, too, and none of its runs does. */
function idle(claim: Claim, runs: readonly Run[], { id }: Writeup, groups: Groups): string[] {
  const own = runs.filter(({ result }) => result.claim.id === claim.id);
  const matches = own.flatMap(({ diagnoses }) => diagnoses.flat());
  if (own.length === 0) return [];
  return (claim.alsoShows ?? []).flatMap((other) => {
    if (!groups.has(other)) {
      return `expected "alsoShows" of "${claim.id}" to name bugs, got ${other}, which there is not.`;
    }
    const isShown = matches.some((match) => names(match, [other]) && !names(match, [id]));
    return isShown
      ? []
      : `expected the log of "${claim.id}" to show ${other}, as "alsoShows" says, got ${told(matches)}. Take it out of "alsoShows".`;
  });
}

function names(match: DiagnosedBug, wanted: readonly string[]): boolean {
  return bugsNamed(match).some((one) => wanted.includes(one));
}

function told(matches: readonly DiagnosedBug[]): string {
  const all = matches.map((match) => `${bugsNamed(match).join(' or ')} (${match.level})`);
  return all.length === 0 ? 'nothing' : [...new Set(all)].join(', ');
}
