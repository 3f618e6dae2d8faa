import Table from 'cli-table3';
import { phases, type Phase } from './phases.ts';
import type { RoundResult } from './round.ts';

interface Line {
  rounds: number;
  imports: number;
  lost: number;
  doubled: number;
  stuck: number;
  wrong: number;
  wronglyRejected: number;
  accidents: number;
  longest: number;
  lostJobs: number | undefined;
}

/** Adds up the rounds, by fault. */
export class Tally {
  readonly #lines = new Map<string, Line>();
  readonly #hits = new Map<Phase, number>();

  add(fault: string, result: RoundResult): void {
    const line = this.#lines.get(fault) ?? {
      rounds: 0,
      imports: 0,
      lost: 0,
      doubled: 0,
      stuck: 0,
      wrong: 0,
      wronglyRejected: 0,
      accidents: 0,
      longest: 0,
      lostJobs: undefined,
    };
    line.rounds++;
    line.imports += result.imports;
    line.stuck += result.stuck;
    line.wronglyRejected += result.wronglyRejected;
    line.accidents += result.accidents;
    line.longest = Math.max(line.longest, result.seconds);
    if (result.outcome) line[result.outcome]++;
    if (result.lostJobs !== undefined) line.lostJobs = (line.lostJobs ?? 0) + result.lostJobs;
    this.#lines.set(fault, line);
    for (const phase of result.hit) this.#hits.set(phase, (this.#hits.get(phase) ?? 0) + 1);
  }

  /** Phases in which no fault has hit an import so far. */
  get missed(): Phase[] {
    return phases.filter((phase) => !this.#hits.has(phase));
  }

  /** How many faults there were. */
  get size(): number {
    return this.#lines.size;
  }

  /** What was not as it should be; empty when all was. */
  get failures(): string[] {
    const bad = [...this.#lines].filter(
      ([, line]) => line.lost + line.doubled + line.stuck + line.wrong + line.wronglyRejected > 0,
    );
    const idle = [...this.#lines].filter(([, { lostJobs }]) => lostJobs === 0);
    return [
      ...bad.map(([fault]) => `${fault}: not every import came to its right end`),
      ...[...this.#lines]
        .filter(([, { accidents }]) => accidents > 0)
        .map(([fault]) => `${fault}: a program ended that nothing had ended`),
      ...idle.map(([fault]) => `${fault}: no job was lost, so it was no fault`),
      ...this.missed.map((phase) => `no fault hit an import in the phase ${phase}`),
    ];
  }

  print(): string {
    const head =
      'fault,rounds,imports,lost,doubled,stuck,wrong,wrongly rejected,ended by itself,longest s';
    const table = new Table({ head: head.split(','), style: { head: [], border: [] } });
    for (const [fault, line] of this.#lines) {
      const { rounds, imports, lost, doubled, stuck, wrong, wronglyRejected, accidents, longest } =
        line;
      table.push([
        fault,
        ...[rounds, imports, lost, doubled, stuck, wrong, wronglyRejected, accidents].map(String),
        longest.toFixed(1),
      ]);
    }
    const hits = phases.map((phase) => `${phase} ${this.#hits.get(phase) ?? 0}`).join(', ');
    return `${table.toString()}\nphases hit: ${hits}\n`;
  }
}
