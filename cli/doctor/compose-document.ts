import { isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { Place } from '../../catalog/doctor/facts.ts';

/** A service as it is written, and where. */
export interface ComposeService {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The place of a value of the service, or of the nearest thing around it. */
  readonly placeOf: (...path: (string | number)[]) => Place;
}

export interface ComposeDocument {
  readonly services: readonly ComposeService[];
  /** Networks of the file that are not its own. */
  readonly external: ReadonlySet<string>;
}

/**
 * Reads the services of a compose file; `x-` keys, anchors and `<<` are as Compose has them.
 *
 * @throws BadInput with file and line where it is no YAML, or has no services.
 */
export function readComposeDocument(text: string, shown: string): ComposeDocument {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, merge: true, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = counter.linePos(error.pos[0]);
    throw new BadInput(
      `${shown}:${line}:${col}: expected a compose file, got: ${error.message}. Type docker compose config to see what is wrong.`,
    );
  }
  const data = asMap(document.toJS());
  const placeOf = (path: readonly (string | number)[]): Place => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range && (isScalar(node) || length < path.length || length > 2)) {
        return { file: shown, line: counter.linePos(node.range[0]).line };
      }
    }
    return { file: shown };
  };
  const services = Object.entries(asMap(data.services)).map(([name, service]) => ({
    name,
    data: asMap(service),
    placeOf: (...path: (string | number)[]) => placeOf(['services', name, ...path]),
  }));
  const external = Object.entries(asMap(data.networks)).flatMap(([name, network]) =>
    asMap(network).external ? [name] : [],
  );
  return { services, external: new Set(external) };
}

export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A list of texts, as YAML has it; a single text is a list of one. */
export function asTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
