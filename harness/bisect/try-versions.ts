import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TriedVersion } from '../../catalog/evidence/bisection.ts';
import type { BisectionDigests, Cell, Evidence, Runs } from '../../catalog/evidence/schema.ts';
import { wrongLabels } from '../../catalog/evidence/labels.ts';
import type { Claim, Writeup } from '../../catalog/writeup/schema.ts';
import { runHarness } from '../harness.ts';
import { cacheFolder } from '../lab/cache/folder.ts';
import { moreLocks } from '../lab/engines/celery/native-lock.ts';
import { writeWhole } from '../lab/write-whole.ts';
import { Progress } from '../report/progress.ts';
import type { Case } from '../selection/plan.ts';
import { pin } from './pin.ts';

/** What is tried over versions. */
export interface Subject {
  readonly root: string;
  readonly writeup: Writeup;
  readonly claim: Claim;
  /** That of the claim, but for its version. */
  readonly cell: Cell;
  readonly digests: BisectionDigests;
  readonly broker: string;
}

/** What came of a version: runs, or why there are none. */
export type Tried =
  (TriedVersion & Surroundings) | { readonly version: string; readonly notRun: string };
type Surroundings = Pick<Evidence, 'system' | 'broker'>;

/** Without what the harness tells of verdicts: those of single versions are told by who asks. */
class Quiet extends Progress {
  override begin(): void {
    // Nothing: a bar of a few runs would come and go.
  }
  override finished(): void {
    // Nothing.
  }
  override end(): void {
    // Nothing.
  }
}

/** What was tried before, by version: kept in the cache as long as nothing has changed that ran. */
export class Trials {
  readonly #folder: string;
  readonly #subject: Subject;

  constructor(subject: Subject) {
    const { writeup, claim, cell, digests } = subject;
    const key = JSON.stringify([claim.id, cell, digests, process.version]);
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
    this.#subject = subject;
    this.#folder = path.join(cacheFolder(), 'bisect', writeup.slug, `${claim.id}-${digest}`);
  }

  async known(version: string): Promise<Tried | undefined> {
    const file = this.#file(version);
    return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Tried) : undefined;
  }

  /** Runs the claim so often at each version, beside what is known of it, and keeps what came of it. */
  async run(versions: readonly string[], times: number): Promise<Tried[]> {
    const found = await runAt(this.#subject, versions, times);
    return Promise.all(
      found.map(async (tried) => {
        const before = await this.known(tried.version);
        const together = before === undefined ? tried : join(before, tried);
        // What is missing here may be there the next time.
        if (!('notRun' in together)) await this.#keep(together);
        return together;
      }),
    );
  }

  async #keep(tried: Tried): Promise<void> {
    const file = this.#file(tried.version);
    await mkdir(this.#folder, { recursive: true });
    await writeWhole(file, JSON.stringify(tried));
  }

  #file(version: string): string {
    return path.join(this.#folder, `${version}.json`);
  }
}

function join(before: Tried, now: Tried): Tried {
  if ('notRun' in before) return now;
  if ('notRun' in now) return before;
  const rounds = before.conditions.length;
  const runs: Runs = now.runs.map((run) => ({
    ...run,
    rounds: run.rounds.map((round) => round + rounds),
  }));
  return {
    ...before,
    conditions: [...before.conditions, ...now.conditions],
    runs: [...before.runs, ...runs],
  };
}

async function runAt(
  { root, writeup, claim, cell, broker }: Subject,
  versions: readonly string[],
  times: number,
): Promise<Tried[]> {
  const progress = new Quiet(process.stderr);
  const unpinned = new Map<string, string>();
  const locks = path.join(cacheFolder(), 'locks');
  if (cell.engine === 'celery') {
    for (const version of versions) {
      const why = await pin({ ...cell, version }, locks, (message) => {
        progress.note(message);
      });
      if (why !== undefined) unpinned.set(version, why);
    }
  }
  const able = versions.filter((version) => !unpinned.has(version));
  const cases = able.map((version): Case => {
    const { id: bug, slug, signatures } = writeup;
    // The other versions are its control: see docs/decisions/0034.
    return {
      ...{ bug, slug, signatures, claim },
      cell: { ...cell, version },
      control: { claim, cells: [] },
    };
  });
  const { results } =
    cases.length === 0
      ? { results: [] }
      : await moreLocks.run(locks, () =>
          runHarness(root, cases, { broker, repeat: times }, progress),
        );
  return versions.map((version): Tried => {
    const why = unpinned.get(version);
    const result = results.find((one) => one.cell.version === version);
    if (result?.evidence === undefined) {
      return { version, notRun: why ?? result?.reason ?? 'nothing came of it' };
    }
    const [label] = wrongLabels({ ...result.evidence });
    if (label !== undefined) return { version, notRun: label };
    const { versions: libraries, conditions, runs, system, broker: server } = result.evidence;
    return { version, versions: libraries, conditions, runs, system, broker: server };
  });
}
