import { readFileSync } from 'node:fs';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { cellName, evidenceSchema, type Cell } from '../../catalog/evidence/schema.ts';
import { caseName, type Case } from './plan.ts';

/**
 * How long the runs of cases and of their controls took when they were recorded, in milliseconds, by
 * `slug claim cell`. Of what was never recorded nothing is known.
 */
export function expectedDurations(cases: readonly Case[], root: string): Map<string, number> {
  const recorded = new RecordedDurations(root);
  const expected = new Map<string, number>();
  for (const { name, slug, claim, cell } of cases.flatMap(runsOf)) {
    const took = expected.has(name) ? undefined : recorded.of(slug, claim.id, cell);
    if (took !== undefined) expected.set(name, took);
  }
  return expected;
}

/** How long a run is expected to take, and what is known of it. */
export interface Expectation {
  readonly seconds: number;
  /** `recorded` of this cell, the median of other cells of its `claim`, or that of `all` that is known. */
  readonly from: 'recorded' | 'claim' | 'all';
}

/** Where nothing is recorded at all, all runs count alike. */
const unknownSeconds = 5;

/**
 * How long the runs of cases, and of their controls, are expected to take, by `slug claim cell`.
 *
 * @param root the project that holds harness/evidence/.
 */
export function expectedRuns(cases: readonly Case[], root: string): Map<string, Expectation> {
  const recorded = new RecordedDurations(root);
  const runs = new Map(cases.flatMap(runsOf).map((run) => [run.name, run]));
  const ofClaims = new Map<string, number[]>();
  for (const { slug, claim } of runs.values()) {
    const key = `${slug} ${claim.id}`;
    if (ofClaims.has(key)) continue;
    ofClaims.set(
      key,
      cellsOf(claim).flatMap((cell) => recorded.of(slug, claim.id, cell) ?? []),
    );
  }
  const overall = medianSeconds([...ofClaims.values()].flat()) ?? unknownSeconds;
  return new Map(
    [...runs.values()].map(({ name, slug, claim, cell }): [string, Expectation] => {
      const own = recorded.of(slug, claim.id, cell);
      if (own !== undefined) return [name, { seconds: own / 1000, from: 'recorded' }];
      const ofClaim = medianSeconds(ofClaims.get(`${slug} ${claim.id}`) ?? []);
      return ofClaim === undefined
        ? [name, { seconds: overall, from: 'all' }]
        : [name, { seconds: ofClaim, from: 'claim' }];
    }),
  );
}

interface OneRun extends Pick<Case, 'slug' | 'claim' | 'cell'> {
  readonly name: string;
}

/** A case's own run and those of its control. */
export function runsOf({ slug, claim, cell, control }: Case): OneRun[] {
  const own = { slug, claim, cell };
  const controls = control.cells.map((one) => ({ slug, claim: control.claim, cell: one }));
  return [own, ...controls].map((run) => ({ ...run, name: caseName(run) }));
}

function medianSeconds(milliseconds: readonly number[]): number | undefined {
  const middle = milliseconds.toSorted((one, other) => one - other)[
    Math.floor(milliseconds.length / 2)
  ];
  return middle === undefined ? undefined : middle / 1000;
}

/** Reads each piece of evidence once. */
class RecordedDurations {
  readonly #root: string;
  readonly #known = new Map<string, number | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  of(slug: string, claim: string, cell: Cell): number | undefined {
    const name = `${slug} ${claim} ${cellName(cell)}`;
    if (!this.#known.has(name)) {
      this.#known.set(name, recordedMs(evidenceFile({ slug, claim, cell }, this.#root)));
    }
    return this.#known.get(name);
  }
}

function recordedMs(file: string): number | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // It is about an order alone: what is wrong with evidence is told by the checks.
    return undefined;
  }
  const { data: evidence } = evidenceSchema.safeParse(content);
  const took = evidence?.runs.map((run) => ('observation' in run ? run.observation.durationMs : 0));
  return took && Math.max(...took);
}
