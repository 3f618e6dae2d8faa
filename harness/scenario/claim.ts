import type { Scenario } from './run.ts';

/**
 * Tells how the claim of this id, in the write-up named like the scenario's folder, is put to the test.
 * The function runs once for each cell and repetition.
 */
export function claim(id: string, scenario: Scenario): void {
  void id;
  void scenario;
}
