/** Error classes of PostgreSQL's: connection lost, out of resources, shutting down or starting. */
const downClasses = ['08', '53', '57P'];
const networkErrors = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
];
/** node-postgres gives these no code. */
const lost =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Disk or memory is full: the next try of one import may well fill it again. */
const full = ['53100', '53200'];

/** The data, or what it stands for, is refused: another try meets the same. */
const permanentClasses = ['22', '23'];

/** Whether an error says that the database does not answer, rather than that it says no. */
export function isDatabaseDown(error: unknown): boolean {
  return someError(
    error,
    (code, message) =>
      downClasses.some((start) => code.startsWith(start)) ||
      networkErrors.includes(code) ||
      lost.test(message),
  );
}

/** Whether the database went away, which is the fault of nothing that was being done. */
export function isOutage(error: unknown): boolean {
  return isDatabaseDown(error) && !someError(error, (code) => full.includes(code));
}

/** Whether the same query will fail again, however often it is tried. */
export function isPermanent(error: unknown): boolean {
  return someError(
    error,
    (code) => code.length === 5 && permanentClasses.some((start) => code.startsWith(start)),
  );
}

/** Words of an outage in the reason that a failed job was left with. */
const outageWords =
  /terminating connection due to|the database system is (?:starting up|shutting down|in recovery mode|not yet accepting)/;

/** Whether the reason of a failed job says that the database, or a broker, went away. */
export function saysOutage(reason: string): boolean {
  return (
    lost.test(reason) ||
    outageWords.test(reason) ||
    networkErrors.some((code) => reason.includes(code))
  );
}

function someError(error: unknown, is: (code: string, message: string) => boolean): boolean {
  if (error instanceof AggregateError) return error.errors.some((one) => someError(one, is));
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return is(typeof code === 'string' ? code : '', error.message);
}
