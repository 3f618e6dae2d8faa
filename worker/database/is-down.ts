/** Error classes of PostgreSQL's: connection lost, too many connections, shutting down or starting. */
const downClasses = ['08', '53', '57P'];
const networkErrors = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
];
/** node-postgres gives these no code. */
const lost = /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect)/;

/** Whether an error says that the database does not answer, rather than that it says no. */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseDown);
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return (
    downClasses.some((start) => code.startsWith(start)) ||
    networkErrors.includes(code) ||
    lost.test(error.message)
  );
}
