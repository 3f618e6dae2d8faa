/** The line of a log that stands for lines left out. */
export function omission(lines: number): string {
  return `… ${lines} lines left out …`;
}

/** How many lines a line of a log stands for: one, or as many as were left out in its place. */
export function linesOf(line: string): number {
  return Number(/^… (\d+) lines left out …$/.exec(line)?.[1] ?? 1);
}

/** Where each line of a log stood before others were left out, from 0. */
export function positionsOf(log: readonly string[]): number[] {
  let next = 0;
  return log.map((line) => {
    const position = next;
    next += linesOf(line);
    return position;
  });
}
