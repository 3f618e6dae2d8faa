import { BadInput } from './bad-input.ts';

/** Something wrong with a file, where it is known: lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What was expected, what was got, what to do. */
  readonly message: string;
}

/** `bugs/002-x.mdx:12:3: expected …`: a place that editors and terminals can open. */
export function formatProblem({ file, line, column, message }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}

/** Files that cannot be used, with every problem found in them. */
export class InvalidFiles extends BadInput {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** @throws InvalidFiles when there is a problem. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidFiles(problems);
}
