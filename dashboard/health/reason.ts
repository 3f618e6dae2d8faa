/**
 * What to tell of an error. A refused connection to a name with several addresses has its reasons
 * one level down.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
