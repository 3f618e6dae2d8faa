import { BadFile } from './bad-file.ts';
import { echo } from './echo.ts';
import { RowProblem } from './row-problem.ts';

interface Witness {
  readonly line: number;
  readonly text: string;
}

/** A value that can be read in two ways, met before the file has shown which one it follows. */
export class Undecided extends RowProblem {}

/**
 * How one file writes something that can be read in two ways, such as its decimal mark. A value with
 * one reading only is a witness; the first witness, or what the caller says, decides for all others.
 */
export class Convention<Reading extends string> {
  readonly #what: string;
  readonly #option: string;
  #reading: Reading | undefined;
  #witness: Witness | undefined;
  /** The first value that was read by the convention alone. */
  #trusting: Witness | undefined;
  #contradicted: Witness | undefined;

  /**
   * @param what is decided, for messages: "decimal mark".
   * @param option by which a caller decides, for messages: "decimal=. or decimal=,".
   */
  constructor(what: string, option: string, given?: Reading) {
    this.#what = what;
    this.#option = option;
    this.#reading = given;
  }

  /** Undefined while nothing has decided. */
  get reading(): Reading | undefined {
    return this.#reading;
  }

  /**
   * Notes a value that has one reading.
   * @throws RowProblem when the file has shown another, BadFile when a value was read by that.
   */
  witness(reading: Reading, line: number, text: string): void {
    if (this.#reading === undefined) {
      this.#reading = reading;
      this.#witness = { line, text };
    }
    if (this.#reading === reading) return;
    this.#contradicted ??= { line, text };
    const before = this.#witness
      ? `as ${echo(this.#witness.text)} on line ${this.#witness.line} has it`
      : 'as was asked for';
    const reason = `expected "${this.#reading}" for the ${this.#what}, ${before}, got ${echo(text)}`;
    if (this.#trusting && this.#witness) {
      throw new BadFile([
        {
          line,
          reason: `${reason}. ${echo(this.#trusting.text)} on line ${this.#trusting.line} can be read in both ways. Say which with ${this.#option}`,
        },
      ]);
    }
    throw new RowProblem(reason);
  }

  /**
   * How to read a value that has two readings.
   * @throws Undecided when nothing has decided, RowProblem when the file contradicts itself.
   */
  decide(line: number, text: string): Reading {
    if (this.#reading === undefined) {
      throw new Undecided(
        `expected something that can be read in one way only, got ${echo(text)}, and no line of the file shows its ${this.#what}. Say it with ${this.#option}`,
      );
    }
    if (this.#contradicted) {
      throw new RowProblem(
        `expected one ${this.#what} in the whole file, got ${echo(text)} after ${echo(this.#contradicted.text)} on line ${this.#contradicted.line}. Say which with ${this.#option}`,
      );
    }
    this.#trusting ??= { line, text };
    return this.#reading;
  }
}

export type DecimalMark = '.' | ',';
export type DateOrder = 'day/month/year' | 'month/day/year';

/** How one file writes its numbers and dates. */
export interface Conventions {
  readonly mark: Convention<DecimalMark>;
  readonly dates: Convention<DateOrder>;
}

export const dateOrders = { dmy: 'day/month/year', mdy: 'month/day/year' } as const;

export function openConventions(given: {
  readonly decimal?: DecimalMark | undefined;
  readonly dates?: keyof typeof dateOrders | undefined;
}): Conventions {
  return {
    mark: new Convention<DecimalMark>('decimal mark', 'decimal=. or decimal=,', given.decimal),
    dates: new Convention<DateOrder>(
      'order of a date',
      'dates=dmy or dates=mdy',
      given.dates && dateOrders[given.dates],
    ),
  };
}
