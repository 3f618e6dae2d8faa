import { isDeepStrictEqual } from 'node:util';
import { Sources } from '../../catalog/evidence/digest.ts';
import { cellName, type Digests, type Evidence } from '../../catalog/evidence/schema.ts';
import type { Case } from '../selection/plan.ts';

/** What runs are made of, noted before they begin, so that evidence can name it. */
export class Origins {
  readonly #commit: string;
  readonly #root: string;
  readonly #noted: ReadonlyMap<string, { readonly one: Case; readonly digests: Digests }>;
  #after: Sources | undefined;

  /** @param commit of the harness that will run. */
  constructor(commit: string, cases: readonly Case[], root: string) {
    this.#commit = commit;
    this.#root = root;
    const sources = new Sources(root);
    this.#noted = new Map(
      cases.map((one) => [
        keyOf({ slug: one.slug, claim: one.claim.id, cell: one.cell }),
        { one, digests: digestsOf(one, sources) },
      ]),
    );
  }

  /** What evidence was recorded from; undefined when it has changed since the runs began. */
  of(evidence: Pick<Evidence, 'slug' | 'claim' | 'cell'>): Evidence['recordedFrom'] | undefined {
    const noted = this.#noted.get(keyOf(evidence));
    if (noted === undefined) return undefined;
    this.#after ??= new Sources(this.#root);
    const { one, digests } = noted;
    if (!isDeepStrictEqual(digestsOf(one, this.#after), digests)) return undefined;
    return { commit: this.#commit, digests };
  }
}

function digestsOf({ slug, claim, cell, control }: Case, sources: Sources): Digests {
  return sources.digestsOf({ slug, claim, cell, control: control.claim });
}

function keyOf({ slug, claim, cell }: Pick<Evidence, 'slug' | 'claim' | 'cell'>): string {
  return `${slug} ${claim} ${cellName(cell)}`;
}
