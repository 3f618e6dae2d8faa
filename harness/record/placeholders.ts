import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { thisMachine } from '../../catalog/evidence/machine-traces.ts';
import { projectRoot } from '../../catalog/project.ts';
import { cacheFolder } from '../lab/cache/folder.ts';

/** What would make the evidence of two machines differ for no reason, and what stands in its place. */
export type Placeholders = readonly (readonly [found: string | RegExp, placeholder: string])[];

/** The placeholders of this machine: its folders, the innermost first, and its names. */
export function machinePlaceholders({ home, tmp, host, user } = thisMachine()): Placeholders {
  const folders = [
    [path.join(cacheFolder(), 'runs'), '<runs>'],
    [cacheFolder(), '<cache>'],
    [projectRoot, '<project>'],
    [tmp, '<tmp>'],
    [home, '<home>'],
  ] as const;
  return [
    ...folders
      // A home of / is nobody's: its name stands in every path.
      .filter(([folder]) => folder !== '' && path.parse(folder).root !== folder)
      .flatMap(([folder, placeholder]) =>
        namesOf(folder).map((name) => [anySpelling(name), placeholder] as const),
      ),
    [/<runs>[\\/]+[^\\/\s"']+[\\/]+work[\\/]+[^\\/\s"']+/g, '<work>'],
    // As seen from the engine's own folder: Node suggests such a path for a module that it did not find.
    [/(?:\.\.[\\/]+)+runs[\\/]+run-[^\\/\s"']+[\\/]+work[\\/]+[^\\/\s"']+/g, '<work>'],
    [/(?:\/home|\/Users)\/[^/\s"'<>]+/g, '<home>'],
    [/\b[a-z]:[\\/]+users[\\/]+[^\\/\s"'<>]+/gi, '<home>'],
    ...(user === ''
      ? []
      : [[new RegExp(String.raw`(?<![\w>-])${RegExp.escape(user)}@`, 'g'), '<user>@'] as const]),
    [wholeName(host), '<host>'],
    // Ports picked at random; a documented one such as 6379 is shorter.
    [/(?<=\b(?:127\.0\.0\.1|localhost):)\d{5}\b/g, '<port>'],
    // Python names an object by its address.
    [/\b0x[0-9a-f]{6,16}\b/gi, '<address>'],
  ];
}

/** Puts placeholders into every string of a value, keys excepted. */
export function redact<Value>(value: Value, placeholders: Placeholders): Value {
  return redactUnknown(value, placeholders) as Value;
}

function redactUnknown(value: unknown, placeholders: Placeholders): unknown {
  if (typeof value === 'string') return redactText(value, placeholders);
  if (Array.isArray(value)) return value.map((inner) => redactUnknown(inner, placeholders));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactUnknown(inner, placeholders)]),
  );
}

function redactText(text: string, placeholders: Placeholders): string {
  return placeholders.reduce(
    (redacted, [found, placeholder]) => redacted.replaceAll(found, placeholder),
    text,
  );
}

/**
 * What programs may call a folder: macOS's temporary folder is reached by a link, that of Windows by a
 * short name (C:\Users\RUNNER~1\…). The longest first, as one may be the end of the other.
 */
function namesOf(folder: string): string[] {
  const names = existsSync(folder) ? [folder, realpathSync.native(folder)] : [folder];
  return [...new Set(names)].toSorted((one, other) => other.length - one.length);
}

/** A folder as any program writes it: with either slash, doubled where it is quoted, and with Wine's drive. */
function anySpelling(folder: string): RegExp {
  const parts = folder.split(/[\\/]/).map((part) => RegExp.escape(part));
  const spelled = parts.join(String.raw`(?:/|\\{1,2})`);
  // Programs on Windows write the drive in either case, and it does not mind.
  const flags = process.platform === 'win32' ? 'gi' : 'g';
  return new RegExp(String.raw`(?<![\w>-])(?:Z:)?${spelled}(?![\w>-])`, flags);
}

/** The name by itself, not as a part of a longer one: host `vm` is not in `vms`. */
function wholeName(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w>-])${RegExp.escape(name)}(?![\w>-])`, 'g');
}
