import { SingleBar } from 'cli-progress';
import { cellName, type Verdict } from '../../catalog/evidence/schema.ts';
import type { Result } from './result.ts';

const marks: Record<Verdict, string> = {
  // What is known to be false, and came out true.
  confirmed: '✘',
  refuted: '✘',
  unstable: '≈',
  unknown: '?',
  'not run': '-',
};

/**
 * One character for what came of a claim. A tick means that it came out as written, so that a claim that
 * is known to be false and was refuted again is no cross.
 */
export function markOf({ verdict, asWritten }: Pick<Result, 'verdict' | 'asWritten'>): string {
  return asWritten && verdict !== 'not run' ? '✔' : marks[verdict];
}

/** What a person sees while the harness works. On stderr, so that stdout is left to `--json`. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #bar: SingleBar | undefined;

  /** A bar on a terminal; elsewhere, a line for everything that happens. */
  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#bar = out.isTTY
      ? new SingleBar({
          stream: out,
          format: '{bar} {value}/{total} claims · {duration_formatted} · {last}',
          clearOnComplete: true,
          hideCursor: true,
        })
      : undefined;
  }

  /** Something that takes a while has begun. */
  note(message: string): void {
    this.#out.write(`${message} …\n`);
  }

  begin(total: number): void {
    this.#bar?.start(total, 0, { last: '' });
  }

  finished(result: Result): void {
    const { verdict, bug, claim, cell, durationMs } = result;
    const line = `${markOf(result)} ${bug} ${claim} ${cellName(cell)}`;
    if (this.#bar !== undefined) this.#bar.increment({ last: line });
    else if (verdict !== 'not run') {
      this.#out.write(`${line} ${verdict} ${(durationMs / 1000).toFixed(1)} s\n`);
    }
  }

  end(): void {
    this.#bar?.stop();
  }
}
