import { cellName, type Cell } from '../../catalog/evidence/schema.ts';
import type { Claim, Signature } from '../../catalog/writeup/schema.ts';
import type { BrokerChoices } from '../lab/brokers/broker.ts';
import type { Readiness } from '../lab/platforms/prepared.ts';

/** A claim in one combination of version and platform. */
export interface ClaimCell {
  readonly claim: Claim;
  readonly cell: Cell;
}

/** One line of the result: a claim of a bug, put to the test in one cell, against its control's cells. */
export interface Case extends ClaimCell {
  readonly bug: string;
  readonly slug: string;
  readonly signatures: readonly Signature[];
  readonly control: { readonly claim: Claim; readonly cells: readonly Cell[] };
}

/** Everything the threads that run scenarios are told. Plain data. */
export interface Plan {
  /** The project: its harness/scenarios/ holds the scenarios. */
  readonly root: string;
  readonly workspaceFolder: string;
  readonly cases: readonly Case[];
  /** By name of the cell. */
  readonly readiness: Readonly<Record<string, Readiness>>;
  readonly brokers: BrokerChoices;
}

/** Tells a case from all others. */
export function caseName({ slug, claim, cell }: Pick<Case, 'slug' | 'claim' | 'cell'>): string {
  return `${slug} ${claim.id} ${cellName(cell)}`;
}

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan;
  }
}
