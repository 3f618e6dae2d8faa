import { Sources } from '../../catalog/evidence/digest.ts';
import { cellName, type Digests, type Evidence } from '../../catalog/evidence/schema.ts';
import type { Case } from '../selection/plan.ts';

/** What runs are made of, noted before they begin, so that evidence can name it. */
export class Origins {
  readonly #commit: string;
  readonly #noted: ReadonlyMap<string, Digests>;

  /** @param commit of the harness that will run. */
  constructor(commit: string, cases: readonly Case[], root: string) {
    this.#commit = commit;
    const sources = new Sources(root);
    this.#noted = new Map(
      cases.map(({ slug, claim, cell, control }) => [
        keyOf({ slug, claim: claim.id, cell }),
        sources.digestsOf({ slug, claim, cell, control: control.claim }),
      ]),
    );
  }

  /** What evidence was recorded from; undefined for a cell that was not noted. */
  of(evidence: Pick<Evidence, 'slug' | 'claim' | 'cell'>): Evidence['recordedFrom'] | undefined {
    const digests = this.#noted.get(keyOf(evidence));
    return digests && { commit: this.#commit, digests };
  }
}

function keyOf({ slug, claim, cell }: Pick<Evidence, 'slug' | 'claim' | 'cell'>): string {
  return `${slug} ${claim} ${cellName(cell)}`;
}
