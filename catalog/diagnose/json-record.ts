/** A record that a logger or a container runtime has written as JSON. */
export interface JsonRecord {
  /** What stands before it in the line. */
  readonly before: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The logger called it an error. */
  readonly isError: boolean;
}

const start = /\{\s*"/g;
/** A brace of a message may come first: `{ids} failed {"level":50}`. */
const mostStarts = 3;

const levelKeys = [
  'level',
  'levelname',
  'severity',
  'severityText',
  'SeverityText',
  'log.level',
  'lvl',
  '@l',
  'priority',
  'PRIORITY',
];
const errorNames = new Set([
  'error',
  'err',
  'critical',
  'crit',
  'fatal',
  'emerg',
  'emergency',
  'alert',
  'panic',
  'severe',
]);
/** From here on pino and bunyan mean an error. */
const errorNumber = 50;
/** Up to here syslog and journald mean an error; their number is the less the worse. */
const syslogError = 3;

/** The JSON record that ends a line, if one does. */
export function findRecord(line: string): JsonRecord | undefined {
  const text = line.trimEnd().replace(/,$/, '');
  if (!text.endsWith('}')) return undefined;
  let count = 0;
  for (const { index } of text.matchAll(start)) {
    if ((count += 1) > mostStarts) return undefined;
    const fields = parse(text.slice(index));
    if (fields) return { before: text.slice(0, index), fields, isError: isError(fields) };
  }
  return undefined;
}

function parse(json: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isError(fields: Readonly<Record<string, unknown>>): boolean {
  const inner = fields.log;
  const records = isObject(inner) ? [fields, inner] : [fields];
  return records.some((record) =>
    levelKeys.some((key) => isErrorLevel(record[key], key.toLowerCase() === 'priority')),
  );
}

function isErrorLevel(level: unknown, isPriority: boolean): boolean {
  if (isPriority) {
    const number = typeof level === 'string' && /^\d$/.test(level) ? Number(level) : level;
    if (typeof number === 'number') return number <= syslogError;
  }
  return typeof level === 'number'
    ? level >= errorNumber
    : typeof level === 'string' && errorNames.has(level.trim().toLowerCase());
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
