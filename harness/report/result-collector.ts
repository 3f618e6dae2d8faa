import { cellName } from '../../catalog/evidence/schema.ts';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Case } from '../selection/plan.ts';
import type { Progress } from './progress.ts';
import type { Result } from './result.ts';

/** Gathers from Vitest what the tests have found, one result for each case. */
export class ResultCollector implements Reporter {
  readonly #cases: readonly Case[];
  readonly #progress: Progress;
  readonly #results = new Map<string, Result>();
  readonly #troubles: string[] = [];

  constructor(cases: readonly Case[], progress: Progress) {
    this.#cases = cases;
    this.#progress = progress;
  }

  onTestCaseResult(test: TestCase): void {
    const { result } = test.meta();
    if (result === undefined) {
      this.#addTroubles(test.result().errors ?? []);
      return;
    }
    this.#results.set(keyOf(result.slug, result.claim, result.cell), result);
    this.#progress.finished(result);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#addTroubles([...modules.flatMap((module) => module.errors()), ...unhandled]);
  }

  /**
   * A result for each case, in their order. A claim that no function of the scenario tests is unknown.
   *
   * @throws when a scenario could not be loaded or broke the harness.
   */
  results(): Result[] {
    if (this.#troubles.length > 0) throw new Error(this.#troubles.join('\n\n'));
    return this.#cases.map((one) => {
      const known = this.#results.get(keyOf(one.slug, one.claim.id, one.cell));
      return known ?? untested(one);
    });
  }

  #addTroubles(errors: readonly { message: string; stack?: string | undefined }[]): void {
    this.#troubles.push(...errors.map(({ stack, message }) => stack ?? message));
  }
}

function untested({ bug, slug, claim, cell }: Case): Result {
  return {
    ...{ bug, slug, claim: claim.id, says: claim.says, cell },
    verdict: 'unknown',
    reason: `harness/scenarios/${slug}/scenario.ts has no claim('${claim.id}', …)`,
    asWritten: false,
    durationMs: 0,
  };
}

function keyOf(slug: string, claim: string, cell: Case['cell']): string {
  return `${slug} ${claim} ${cellName(cell)}`;
}
