import type { Problem } from '../problem/problem.ts';
import { platforms, type Platform } from '../writeup/schema.ts';
import { actorAndSignature } from './actor-and-signature.ts';
import { asWritten } from './as-written.ts';
import { bugAndScenario } from './bug-and-scenario.ts';
import { claimAndFunction } from './claim-and-function.ts';
import { currentEvidence } from './current-evidence.ts';
import { evidenceAndClaim } from './evidence-and-claim.ts';
import { evidenceLabels } from './evidence-labels.ts';
import { noMachineTraces } from './no-machine-traces.ts';
import { readProject, type Check } from './project.ts';
import { signatureInEvidence } from './signature-in-evidence.ts';
import { signatureNamesItsBug } from './signature-names-its-bug.ts';
import { snippetAndActor } from './snippet-and-actor.ts';

const checks: readonly Check[] = [
  bugAndScenario,
  claimAndFunction,
  evidenceAndClaim,
  evidenceLabels,
  asWritten,
  currentEvidence,
  signatureInEvidence,
  signatureNamesItsBug,
  actorAndSignature,
  noMachineTraces,
  snippetAndActor,
];

/**
 * Everything that does not agree between the write-ups, scenarios and evidence of a project.
 *
 * @param platform whose usual cells must have current evidence, since they can be run here. Default:
 * this machine's. What is stale elsewhere is told by `poolproof harness --stale --list`.
 * @throws InvalidFiles where write-ups or evidence cannot be read.
 */
export function checkProject(
  root: string,
  platform: Platform | undefined = platforms.find((one) => one === process.platform),
): Problem[] {
  const project = readProject(root, platform);
  return checks.flatMap((check) => check(project));
}
