import type { JobArguments, Json } from '../lab/engines/engine-programs.ts';
import type { Text } from '../scenario/run.ts';

/** Waits until so many lines show a text. */
interface Wait {
  readonly text: Text;
  readonly times: number;
  readonly seconds: number;
}

/** How a job is sent. */
interface Sent {
  readonly task: string;
  readonly args: JobArguments;
  readonly options: Readonly<Record<string, Json>> | undefined;
  readonly client: Readonly<Record<string, Json>> | undefined;
}

/** What is awaited of a job. */
interface Awaited {
  readonly expect: Json;
  readonly seconds: number;
}

/** One thing that a run does, in the words of the steps that a repro brings along. Programs are named by variables. */
export type Step =
  | {
      readonly kind: 'start';
      readonly program: string;
      readonly name: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  | ({ readonly kind: 'says'; readonly program: string } & Wait)
  | ({ readonly kind: 'any says'; readonly programs: readonly string[] } & Wait)
  | { readonly kind: 'ends'; readonly program: string; readonly seconds: number }
  | { readonly kind: 'tell'; readonly program: string; readonly line: string }
  | { readonly kind: 'signal'; readonly program: string; readonly signal: string }
  | { readonly kind: 'stop' | 'kill'; readonly program: string }
  | ({ readonly kind: 'submit' } & Sent & Awaited)
  | ({ readonly kind: 'add'; readonly job: string } & Sent)
  | ({ readonly kind: 'settled'; readonly job: string; readonly task: string } & Awaited)
  | ({ readonly kind: 'answer'; readonly program: string; readonly what: string } & Awaited)
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'sleep'; readonly seconds: number }
  | { readonly kind: 'redis'; readonly words: readonly string[] };

/** What a scenario does that cannot be told without the harness. */
export class NeedsHarness extends Error {
  override readonly name = 'NeedsHarness';
}
