/** Prefixes nest: a compose file's service, within it concurrently's number, within it a time. */
const deepest = 10;

const date = String.raw`\d{4}[-/]\d\d[-/]\d\d`;
const time = String.raw`\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?`;
const zone = String.raw`\s?(?:Z|UTC|[+-]\d\d:?\d\d)`;

/** What stands before a message, each anchored and of bounded length. */
const prefixes: readonly RegExp[] = [
  /^\s+/,
  // Quoted in a mail, a table or a string; a byte order mark of a second file.
  /^(?:[>|*•"'`\uFEFF]|- )\s*/,
  // Times: ISO, as docker compose, kubectl, GitHub Actions and Celery write them.
  new RegExp(`^\\[?${date}(?:[T ]${time}(?:${zone})?)?[\\]:,]?\\s*`),
  new RegExp(`^\\[?${time}(?:${zone})?(?: [AP]M)?[\\]:]?\\s+`),
  new RegExp(`^\\[\\d\\d/\\w{3}/\\d{4}:${time} ?[+\\-\\d]{0,6}\\]\\s*`),
  /^\[?\d{1,2}[/.]\d{1,2}[/.]\d{4},?\s+/,
  // syslog and journalctl: `Jan 03 01:34:20 host celery[41]: `, and RFC 5424 with its priority.
  /^<\d{1,3}>\d?\s*/,
  new RegExp(`^\\w{3} [ \\d]\\d ${time} [\\w.-]{1,100} `),
  /^\d{1,2} [A-Z][a-z]{2} \d{4}\s+/,
  // How a container runtime marks stream and part.
  /^(?:stdout|stderr) [FP] /,
  // `0|worker   | ` of pm2, `worker-1  | ` of docker compose, `12:00:01 worker.1 | ` of foreman.
  /^\d{1,4}\|[^|\s]{1,60}\s*\|\s?/,
  /^[\w.@/-]{1,100}\s+\|\s?/,
  /^[\w.@/-]{1,100}\|\s/,
  // `[0] ` of concurrently, `[pod/worker-1/worker] ` of kubectl, `[Nest] 41  - ` of Nest.
  /^\[[\w.@/: +-]{1,100}\](?: \d+\s+-)?\s*/,
  /^\((?:[\w./-]{1,60})\)\s*:?\s*/,
  // `celery[41]: `, `app[worker.1]: `, `worker:dev: ` of turbo, `build: ` of others.
  /^[\w./-]{1,60}(?:\[[\w./-]{1,60}\])?(?::[\w.-]{1,40})?:\s+/,
  /^-\s+/,
];

/**
 * Takes the prefixes off a line, one after the other, until the rest is what is looked for.
 *
 * @returns whether it came to that.
 */
export function behindPrefixes(line: string, isWanted: (text: string) => boolean): boolean {
  let text = line;
  for (let depth = 0; depth <= deepest; depth += 1) {
    if (isWanted(text)) return true;
    const prefix = prefixes.map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
    if (prefix === undefined) return false;
    text = text.slice(prefix.length);
  }
  return false;
}
