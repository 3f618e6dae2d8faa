import { didYouMean } from '../problem/did-you-mean.ts';
import { checkSignature } from './check-signature.ts';
import type { Path } from './frontmatter.ts';
import type { Claim, Frontmatter, Matrix } from './schema.ts';

export interface Contradiction {
  readonly path: Path;
  readonly message: string;
}

/** What the schema cannot see: parts of one write-up that must agree with each other. */
export function crossCheck(frontmatter: Frontmatter): Contradiction[] {
  const claims = new Map(frontmatter.claims.map((claim) => [claim.id, claim]));
  return [
    ...duplicates(frontmatter, 'signatures'),
    ...duplicates(frontmatter, 'claims'),
    ...frontmatter.signatures.flatMap(checkSignature),
    ...reference(['fix', 'claim'], frontmatter.fix.claim, 'claim', [...claims.keys()]),
    ...(frontmatter.shownBy === undefined
      ? []
      : reference(['shownBy'], frontmatter.shownBy, 'claim', [...claims.keys()])),
    ...frontmatter.claims.flatMap((claim, index) => [
      ...checkExpectation(claim, index, frontmatter),
      ...checkControl(claim, index, claims),
      ...checkTruth(claim, index),
      ...checkPart(claim, index),
      ...checkShm(claim, index),
      ...checkInstall(claim, index),
    ]),
    ...frontmatter.matrices.flatMap((matrix, index) =>
      checkMatrix(matrix, index, [...claims.keys()]),
    ),
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

function reference(
  path: Path,
  id: string,
  kind: string,
  known: readonly string[],
): Contradiction[] {
  if (known.includes(id)) return [];
  const message = `expected the id of a ${kind} of this write-up, got "${id}".${didYouMean(id, known)} There are: ${known.join(', ')}`;
  return [{ path, message }];
}

function checkExpectation(
  claim: Claim,
  index: number,
  { signatures }: Frontmatter,
): Contradiction[] {
  const { outcome, signature } = claim.expect;
  const path = ['claims', index, 'expect', 'signature'];
  if (signature === undefined) return [];
  if (outcome === 'works') {
    const message = `expected no signature where the outcome is "works", got "${signature}". Remove it, or expect "fails".`;
    return [{ path, message }];
  }
  return reference(
    path,
    signature,
    'signature',
    signatures.map(({ id }) => id),
  );
}

function checkControl(
  claim: Claim,
  index: number,
  claims: ReadonlyMap<string, Claim>,
): Contradiction[] {
  const path = ['claims', index, 'control'];
  const control = claims.get(claim.control);
  if (!control) return reference(path, claim.control, 'claim', [...claims.keys()]);
  if (control.id === claim.id) {
    return [
      { path, message: `expected another claim, got "${claim.id}" itself. Name its opposite.` },
    ];
  }
  const uncovered = claim.run.platforms.filter((p) => !control.run.platforms.includes(p));
  if (uncovered.length === 0) return [];
  const message = `expected a control on every platform of "${claim.id}", got none on ${uncovered.join(', ')}. Add the platform to "${control.id}" or name another control.`;
  return [{ path, message }];
}

function checkTruth(claim: Claim, index: number): Contradiction[] {
  const path = ['claims', index];
  if (claim.known && !claim.truth) {
    return [
      { path, message: `expected "truth" beside "known: refuted", got none. Say what is true.` },
    ];
  }
  if (claim.truth && !claim.known) {
    return [
      {
        path,
        message: `expected "known: refuted" beside "truth", got none. Add it, or drop "truth".`,
      },
    ];
  }
  return [];
}

/** What a claim excepts, and what stands for all of it, is part of what it speaks of. */
function checkPart({ run, usually }: Claim, index: number): Contradiction[] {
  const { versions, python = [], launches, except } = run;
  const parts = [
    ...except.flatMap(({ version, python: minor }, at) => [
      { path: ['run', 'except', at, 'version'], got: [version], known: versions },
      { path: ['run', 'except', at, 'python'], got: [minor], known: python },
    ]),
    { path: ['usually', 'versions'], got: usually?.versions, known: versions },
    { path: ['usually', 'python'], got: usually?.python, known: python },
    { path: ['usually', 'launches'], got: usually?.launches, known: launches },
  ];
  return parts.flatMap(({ path, got = [], known }) => {
    const strange = got.filter((one) => !known.some((other) => other === one));
    const message = `expected some of run (${known.join(', ') || 'none are named there'}), got ${strange.join(', ')}. Add it there, or drop it here.`;
    return strange.length === 0 ? [] : [{ path: ['claims', index, ...path], message }];
  });
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

function checkShm({ run: { shm, platforms, launches } }: Claim, index: number): Contradiction[] {
  const path = ['claims', index, 'run', 'shm'];
  const others = platforms.filter((platform) => platform !== 'linux');
  if (shm !== undefined && others.length > 0) {
    const message = `expected "platforms: [linux]" beside "shm", got ${others.join(', ')} too. Only Linux has a /dev/shm.`;
    return [{ path, message }];
  }
  if (shm === 'missing' && launches.some((launch) => launch !== 'container')) {
    const message = `expected "launches: [container]" beside "shm: missing", got ${launches.join(', ')}. Only a container can be without.`;
    return [{ path, message }];
  }
  return [];
}

function checkInstall({ run: { engine, install } }: Claim, index: number): Contradiction[] {
  if (install === undefined) return [];
  const path = ['claims', index, 'run', 'install'];
  if (engine !== 'celery') {
    const message = `expected "engine: celery" beside "install", got ${engine}. Remove "install".`;
    return [{ path, message }];
  }
  if (install.some((requirement) => /^celery(\[|$)/.test(requirement))) return [];
  const message = `expected "celery" or "celery[…]" in "install", got ${install.join(', ')}. Its version comes from "versions".`;
  return [{ path, message }];
}
