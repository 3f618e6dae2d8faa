import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readBisections, type Bisection } from '../evidence/bisection.ts';
import { readEvidence } from '../evidence/read.ts';
import type { Evidence } from '../evidence/schema.ts';
import type { Problem } from '../problem/problem.ts';
import { folders } from '../project.ts';
import { Sources } from '../evidence/digest.ts';
import { resultsOf, type ClaimResult } from '../verdict/results.ts';
import { readWriteups } from '../writeup/read.ts';
import type { Platform, Writeup } from '../writeup/schema.ts';
import { claimCalls, type ClaimCall } from './claim-calls.ts';

/** A folder of harness/scenarios/. */
export interface ScenarioFolder {
  readonly slug: string;
  readonly file: string;
  /** Undefined where the folder has no scenario.ts. */
  readonly calls: readonly ClaimCall[] | undefined;
}

/** Everything the checks hold against each other. */
export interface Project {
  readonly root: string;
  readonly writeups: readonly Writeup[];
  readonly scenarios: readonly ScenarioFolder[];
  readonly evidence: readonly Evidence[];
  /** Claims that were run over the versions of their engine. */
  readonly bisections: readonly Bisection[];
  /** The evidence of each write-up, held against it. */
  readonly tested: readonly TestedWriteup[];
  /** What stands in the tree, by digest. */
  readonly sources: Sources;
  /** The platform of the machine that checks. */
  readonly platform: Platform | undefined;
}

interface TestedWriteup {
  readonly writeup: Writeup;
  readonly results: readonly ClaimResult[];
}

/** Finds what does not agree between write-ups, scenarios and evidence. */
export type Check = (project: Project) => Problem[];

/** @throws InvalidFiles where write-ups or evidence cannot be read. */
export function readProject(root: string, platform: Platform | undefined): Project {
  const writeups = readWriteups(root);
  const evidence = readEvidence('*', root);
  const sources = new Sources(root);
  return {
    root,
    writeups,
    scenarios: readScenarios(folders.scenarios(root)),
    evidence,
    bisections: readBisections('*', root),
    sources,
    tested: writeups.map((writeup) => ({
      writeup,
      results: resultsOf(writeup, evidence, sources),
    })),
    platform,
  };
}

function readScenarios(folder: string): ScenarioFolder[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name: slug }) => {
      const file = path.join(folder, slug, 'scenario.ts');
      const calls = existsSync(file) ? claimCalls(readFileSync(file, 'utf8'), file) : undefined;
      return { slug, file: path.relative('', file), calls };
    });
}
