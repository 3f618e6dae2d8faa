import { checkRule } from '../../doctor/rule-checks.ts';
import type { Contradiction } from '../contradiction.ts';
import { outcomes, type Claim } from '../expanded.ts';
import type { Frontmatter, Matrix, ShortFrontmatter } from '../schema.ts';
import { checkControl } from './control.ts';
import { reference } from './reference.ts';
import { checkRun } from './run.ts';
import { checkSignature } from './signature.ts';

/**
 * What the schema cannot see: parts of one write-up that must agree with each other.
 *
 * @param short the frontmatter as it is written: paths are its own.
 */
export function crossCheck(frontmatter: Frontmatter, short: ShortFrontmatter): Contradiction[] {
  const claims = frontmatter.claims.map(({ id }) => id);
  const { shownBy } = frontmatter;
  return [
    ...duplicates(frontmatter, 'signatures'),
    ...duplicates(frontmatter, 'claims'),
    ...frontmatter.signatures.flatMap(checkSignature),
    ...checkSilence(frontmatter),
    ...reference(['fix', 'claim'], frontmatter.fix.claim, 'claim', claims),
    ...(shownBy === undefined ? [] : reference(['shownBy'], shownBy, 'claim', claims)),
    ...outcomes.flatMap((outcome) => {
      const id = short.controls[outcome];
      return id === undefined ? [] : reference(['controls', outcome], id, 'claim', claims);
    }),
    ...frontmatter.claims.flatMap((claim, index) => [
      ...checkExpectation(claim, index, short),
      ...checkControl(claim, index, frontmatter, short),
      ...checkTruth(claim, index),
      ...checkRun(claim, index, short),
    ]),
    ...frontmatter.matrices.flatMap((matrix, index) => checkMatrix(matrix, index, claims)),
    ...frontmatter.applies.flatMap((rule, index) => [
      ...(rule.claim === undefined
        ? []
        : reference(['applies', index, 'claim'], rule.claim, 'claim', claims)),
      ...checkRule(rule).map(({ path, message }) => ({
        path: ['applies', index, ...path],
        message,
      })),
    ]),
  ];
}

function duplicates(frontmatter: Frontmatter, list: 'signatures' | 'claims'): Contradiction[] {
  const ids: string[] = frontmatter[list].map(({ id }) => id);
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    const message = `expected ids that are unique within ${list}, got "${id}" again (first in ${list}[${first}]). Rename one.`;
    return first === index ? [] : [{ path: [list, index, 'id'], message }];
  });
}

/** A failure that prints nothing needs something else by which it is seen, and a claim that shows it. */
function checkSilence({ signatures, seen, shownBy }: Frontmatter): Contradiction[] {
  if (signatures.length > 0) return [];
  const path = ['signatures'];
  return [
    ...(seen.length > 0
      ? []
      : [
          {
            path,
            message:
              'expected "seen" beside "signatures: []", got none. Say what can be measured: seen: [{ what: jobs wait and nobody takes them, metric: queue.waiting, is: rising }].',
          },
        ]),
    ...(shownBy !== undefined
      ? []
      : [
          {
            path,
            message:
              'expected "shownBy" beside "signatures: []", got none. Name the claim that shows the failure: shownBy: its-id.',
          },
        ]),
  ];
}

function checkExpectation(claim: Claim, index: number, short: ShortFrontmatter): Contradiction[] {
  const path = ['claims', index, 'expect'];
  const written = short.claims[index]?.expect;
  if (typeof written === 'object') {
    const said = Object.keys(written).filter((key) => key === 'works' || key === 'fails');
    if (said.length !== 1) {
      const message = `expected "works" or "fails", got ${said.length === 0 ? 'neither' : 'both'}. Write expect: { works: { fact: value } } or expect: { fails: signature-id }.`;
      return [{ path, message }];
    }
  }
  const { signature } = claim.expect;
  if (signature === undefined) return [];
  const known = short.signatures.map(({ id }) => id);
  const fails = typeof written === 'object' && typeof written.fails === 'object';
  return reference(
    [...path, 'fails', ...(fails ? ['signature'] : [])],
    signature,
    'signature',
    known,
  );
}

function checkTruth(claim: Claim, index: number): Contradiction[] {
  const path = ['claims', index];
  if (claim.known && !claim.truth) {
    return [
      { path, message: `expected "truth" beside "known: refuted", got none. Say what is true.` },
    ];
  }
  if (claim.truth && !claim.known) {
    const message = `expected "known: refuted" beside "truth", got none. Add it, or drop "truth".`;
    return [{ path, message }];
  }
  return [];
}

function checkMatrix({ rows, down }: Matrix, index: number, claims: string[]): Contradiction[] {
  const path = ['matrices', index];
  const unnamed = rows.findIndex(({ label }) => label === undefined);
  const message = `expected "down" where a row has no label, got none. Say what rows[${unnamed}] stands for.`;
  return [
    ...(unnamed !== -1 && down === undefined ? [{ path, message }] : []),
    ...rows.flatMap((row, at) =>
      row.claims.flatMap((id, place) =>
        reference([...path, 'rows', at, 'claims', place], id, 'claim', claims),
      ),
    ),
  ];
}
