import type { System } from './system.ts';

/** What an import goes through, as far as it matters when something breaks. */
export const phases = [
  'receiving',
  'queued',
  'reading',
  'writing',
  'committing',
  'answering',
] as const;
export type Phase = (typeof phases)[number];

/** The requests of a round. */
export interface Requests {
  /** Idempotency keys of those that wait for an answer. */
  readonly pending: ReadonlySet<string>;
}

interface Seen {
  readonly key: string;
  readonly state: string;
  readonly query: string | null;
}

/** The phases that the imports of a portfolio are in at this moment. */
export async function observePhases(
  system: System,
  portfolio: string,
  { pending }: Requests,
): Promise<Set<Phase>> {
  const rows = await system.query<Seen>(
    `select idempotency_key as key, imports.state, query
     from poolproof.imports left join pg_stat_activity on pid = runner and imports.state = 'running'
     where portfolio = $1`,
    [portfolio],
  );
  const seen = new Set<Phase>();
  for (const key of pending) {
    seen.add(rows.some((row) => row.key === key) ? 'answering' : 'receiving');
  }
  for (const { state, query } of rows) {
    if (state === 'waiting') seen.add('queued');
    if (state === 'running') seen.add(phaseOf(query ?? ''));
  }
  return seen;
}

/** By what the connection of an import was last asked for. */
function phaseOf(query: string): Phase {
  const statement = query.trim().toLowerCase();
  // The same file again is looked for before the first row is read.
  if (statement.includes('as again')) return 'reading';
  if (/^commit|poolproof\.positions|set state = 'done'|poolproof\.import_pieces/.test(statement)) {
    return 'committing';
  }
  return /poolproof\.transactions|^copy/.test(statement) ? 'writing' : 'reading';
}
