import os from 'node:os';

/** What tells one machine from another and therefore must not stand in evidence. */
export interface Machine {
  readonly home: string;
  readonly tmp: string;
  readonly host: string;
  readonly user: string;
}

/** A place in the evidence that would read differently had another machine recorded it. */
export interface Trace {
  /** Such as `observation.log[3]`. */
  readonly at: string;
  readonly text: string;
  /** What should stand there instead. */
  readonly placeholder: string;
}

/**
 * The machine this runs on. A user that the system does not know, as in a container that was started with
 * `--user 12345`, has no name, and may have no home: both are empty then.
 */
export function thisMachine(): Machine {
  return {
    home: orNothing(() => os.homedir()),
    tmp: os.tmpdir(),
    host: os.hostname(),
    user: orNothing(() => os.userInfo().username),
  };
}

/** Node throws a SystemError for what the system has no entry for. */
function orNothing(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}

/** Folders that are somebody's, whichever machine recorded. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/(?:\/home|\/Users)\/[^/\s"'<>]+/, '<home>'],
  [/(?<![\w>.-])\/root\b/, '<home>'],
  [/\b[a-z]:[\\/]+users[\\/]+[^\\/\s"'<>]+/i, '<home>'],
  [/(?<![\w>.-])\/tmp\/[^\s"']+/, '<tmp>'],
  [/\/var\/folders\/[^\s"']+/, '<tmp>'],
];

/** The traces of this machine, or of any other, that the evidence still holds. */
export function findMachineTraces(evidence: object, machine = thisMachine()): Trace[] {
  return [...stringsIn(evidence, '')].flatMap(({ at, text }) => {
    const found = traceIn(text, machine);
    return found ? [{ at, ...found }] : [];
  });
}

function traceIn(text: string, machine: Machine): Omit<Trace, 'at'> | undefined {
  const own: [string, string][] = [
    [machine.home, '<home>'],
    [machine.tmp, '<tmp>'],
    [`${machine.user}@`, '<user>'],
  ];
  for (const [name, placeholder] of own) {
    if (name.length > 1 && containsWord(text, name)) return { text: name, placeholder };
  }
  if (machine.host !== 'localhost' && containsWord(text, machine.host)) {
    return { text: machine.host, placeholder: '<host>' };
  }
  for (const [pattern, placeholder] of foreign) {
    const found = pattern.exec(text)?.[0];
    if (found) return { text: found, placeholder };
  }
  return undefined;
}

/** Whether the name stands in the text by itself and not as a part of a longer one. */
function containsWord(text: string, name: string): boolean {
  const partOfName = /[\w>-]/;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = name.endsWith('@') ? '' : (text[at + name.length] ?? '');
    if (!partOfName.test(before) && !partOfName.test(after)) return true;
  }
  return false;
}

function* stringsIn(value: unknown, at: string): Generator<{ at: string; text: string }> {
  if (typeof value === 'string') yield { at, text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* stringsIn(
      inner,
      Array.isArray(value) ? `${at}[${key}]` : [at, key].filter(Boolean).join('.'),
    );
  }
}
