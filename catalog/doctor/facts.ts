import type { FactValue } from './fact-names.ts';

/** Where a fact was seen. */
export interface Place {
  /** As the reader would name it: relative to the folder that was looked at. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** What was looked at, where it is no file: `redis://127.0.0.1:6379`. */
  readonly of?: string;
}

export interface Fact {
  readonly value: FactValue;
  readonly place: Place;
  /** What was seen, where the value alone does not tell it: `REDIS_HOST is localhost`. */
  readonly says?: string;
}

/** Facts of one thing by their names, as catalog/doctor/fact-names.ts has them. What is not known is not there. */
export type Sheet = Readonly<Partial<Record<string, Fact>>>;

/** Where packages come from. A name may stand for different things in each. */
export type Ecosystem = 'npm' | 'pypi' | 'runtime';

export interface SeenPackage {
  readonly package: string;
  /** Undefined where no exact version is written. */
  readonly version: string | undefined;
  readonly ecosystem: Ecosystem;
  readonly place: Place;
}

/** What the files of one folder say of packages. */
export interface ProjectPackages {
  readonly packages: readonly SeenPackage[];
  /** In which ecosystems all packages are known, so that one that is not there is missing. */
  readonly complete: readonly Ecosystem[];
}

/** A broker or a process, and its facts. */
export interface Thing {
  readonly name: string;
  readonly facts: Sheet;
  /** Whether there are several of which it is not known which one is meant: then nothing is sure. */
  readonly ambiguous?: true;
}

/** Everything that doctor has seen. */
export interface Facts {
  readonly projects: readonly ProjectPackages[];
  readonly machine: Sheet;
  readonly brokers: readonly Thing[];
  readonly processes: readonly Thing[];
}
