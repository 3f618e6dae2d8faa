import { parseEnv } from 'node:util';
import { asMap, asTexts, type ComposeService } from './compose-document.ts';
import type { Variable } from './variable-facts.ts';

/** Reads a file by a path as a compose file has it; nothing where it cannot be read. */
export type ReadFile = (
  path: string,
) => { readonly text: string; readonly shown: string } | undefined;

/** The variables of a service: of `environment`, and of its `env_file` where that is there. */
export function variablesOfService(service: ComposeService, readFile: ReadFile): Variable[] {
  const { environment, env_file: files } = service.data;
  const defaults = parse(readFile('.env')?.text ?? '');
  const own = Array.isArray(environment)
    ? asTexts(environment).map((entry, index): Variable => {
        const end = entry.indexOf('=');
        const place = service.placeOf('environment', index);
        return end === -1
          ? { name: entry, value: defaults[entry] ?? '', place }
          : { name: entry.slice(0, end), value: entry.slice(end + 1), place };
      })
    : Object.entries(asMap(environment)).map(([name, value]): Variable => ({
        name,
        value: typeof value === 'string' ? value : '',
        place: service.placeOf('environment', name),
      }));
  const names = new Set(own.map(({ name }) => name));
  const read = (Array.isArray(files) ? files : [files])
    .flatMap((one: unknown) => (typeof one === 'string' ? [one] : asTexts(asMap(one).path)))
    .flatMap((path) => fromFile(readFile(path)))
    .filter(({ name }) => !names.has(name));
  return [...own, ...read].map((variable) => ({
    ...variable,
    value: interpolate(variable.value, defaults),
  }));
}

function fromFile(file: ReturnType<ReadFile>): Variable[] {
  if (!file) return [];
  const lines = file.text.split(/\r?\n/);
  return Object.entries(parse(file.text)).map(([name, value]) => {
    const line =
      lines.findIndex((text) => text.replace(/^\s*(?:export\s+)?/, '').startsWith(name)) + 1;
    return { name, value, place: { file: file.shown, ...(line > 0 && { line }) } };
  });
}

function parse(text: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parseEnv(text)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** `${NAME:-fallback}` as Compose fills it in, from `.env` and not from this shell. */
function interpolate(value: string, defaults: Readonly<Record<string, string>>): string {
  return value.replace(
    /\$\{(\w+)(?::?-([^}]*))?[^}]*\}|\$(\w+)/g,
    (_whole, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      defaults[braced ?? bare ?? ''] ?? fallback ?? '',
  );
}
