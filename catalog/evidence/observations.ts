import type { Evidence, Observation } from './schema.ts';

/** What was seen in the runs of the claim itself, each distinct observation once, in the order first seen. */
export function observationsOf({ runs }: Pick<Evidence, 'runs'>): Observation[] {
  return runs.flatMap((run) => ('observation' in run ? run.observation : []));
}
