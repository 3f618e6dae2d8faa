import type { Problem } from '../problem/problem.ts';
import { bugAndScenario } from './bug-and-scenario.ts';
import { claimAndFunction } from './claim-and-function.ts';
import { evidenceAndClaim } from './evidence-and-claim.ts';
import { noMachineTraces } from './no-machine-traces.ts';
import { readProject, type Check } from './project.ts';
import { signatureInEvidence } from './signature-in-evidence.ts';
import { snippetAndActor } from './snippet-and-actor.ts';

const checks: readonly Check[] = [
  bugAndScenario,
  claimAndFunction,
  evidenceAndClaim,
  signatureInEvidence,
  noMachineTraces,
  snippetAndActor,
];

/**
 * Everything that does not agree between the write-ups, scenarios and evidence of a project.
 *
 * @throws InvalidFiles where write-ups or evidence cannot be read.
 */
export function checkProject(root: string): Problem[] {
  const project = readProject(root);
  return checks.flatMap((check) => check(project));
}
