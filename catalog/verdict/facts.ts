type Fact = string | number | boolean;

const comparisons: Record<string, (observed: number, expected: number) => boolean> = {
  '=': (observed, expected) => observed === expected,
  '!=': (observed, expected) => observed !== expected,
  '<': (observed, expected) => observed < expected,
  '<=': (observed, expected) => observed <= expected,
  '>': (observed, expected) => observed > expected,
  '>=': (observed, expected) => observed >= expected,
};

/**
 * Whether an observed fact is as the write-up expects it: a comparison with a number (`= 0`, `>= 1`,
 * `< 1000`), or else the very word (`solo`, `true`).
 */
export function factHolds(observed: Fact, expected: string): boolean {
  const comparison = /^(=|!=|<=?|>=?)\s*(-?\d+(?:\.\d+)?)$/.exec(expected.trim());
  if (comparison === null) return String(observed) === expected.trim();
  const [, operator = '', number = ''] = comparison;
  return typeof observed === 'number' && comparisons[operator]?.(observed, Number(number)) === true;
}
