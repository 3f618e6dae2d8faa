import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { CaseTrial } from '../trial/trial.ts';

/** Something that went wrong beside the runs: in a scenario's module, or in what it left running. */
export interface Accident {
  /** The scenario's file, where Vitest knows it. */
  readonly file: string | undefined;
  /** The case, where it is known: see `caseName`. */
  readonly case?: string;
  readonly message: string;
}

/** Gathers from Vitest what became of each case in one round. No accident of one costs another. */
export class ResultCollector implements Reporter {
  readonly trials = new Map<string, CaseTrial>();
  readonly accidents: Accident[] = [];
  readonly #onTrial: (name: string, trial: CaseTrial) => void;

  constructor(onTrial: (name: string, trial: CaseTrial) => void) {
    this.#onTrial = onTrial;
  }

  onTestCaseResult(test: TestCase): void {
    const { trial, case: name } = test.meta();
    const file = test.module.moduleId;
    if (name !== undefined && trial !== undefined) {
      this.trials.set(name, trial);
      this.#onTrial(name, trial);
      return;
    }
    for (const { message } of test.result().errors ?? []) {
      this.accidents.push({ file, ...(name !== undefined && { case: name }), message });
    }
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const module of modules) {
      for (const { message } of module.errors()) {
        this.accidents.push({ file: module.moduleId, message });
      }
    }
    for (const error of unhandled) {
      const file: unknown = error.VITEST_TEST_PATH;
      this.accidents.push({
        file: typeof file === 'string' ? file : undefined,
        message: `${typeof error.type === 'string' ? error.type : 'Unhandled error'}: ${error.message}`,
      });
    }
  }
}
