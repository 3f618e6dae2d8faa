/** The level of a line as Python's logging, Celery and most Node loggers print it. */
const level = /(?:^|[\s[(:])(?:ERROR|CRITICAL|FATAL)(?=[\s\]):/]|$)/;
/** The last line of a traceback or the first of a stack: `kombu.exceptions.OperationalError: …`. */
const exception = /^[^\s"'(]*(?:Error|Exception)(?=:|$| \[)/;

/** Where the prefixes of Docker Compose and journalctl end. */
const afterPrefix = /^(?:[\w.-]+\s+\| |\w{3} [\d ]\d [\d:]{8} \S+ [^:\s]+: )/;

/** What every line that tells of an error contains; most lines do not, so this is asked first. */
const hint = /error|exception|critical|fatal/i;

/** Whether a line tells of an error, as far as a line alone can tell. */
export function looksLikeError(line: string): boolean {
  if (!hint.test(line)) return false;
  const text = line.replace(afterPrefix, '');
  return level.test(text) || exception.test(text);
}
