import { pieceLength, type RawLine } from './line-sieve.ts';

/** How container runtimes of Kubernetes write lines: time, stream, whether the line is full (F) or partial (P). */
const cri = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (stdout|stderr)) ([FP]) /;

/**
 * Joins what a container runtime has cut: long lines come in parts marked `P`, the last one marked `F`.
 * https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 */
export class PartialLines {
  readonly #open = new Map<string, RawLine>();

  /** @returns the line, whole, at the position of its last part; nothing while parts of it are to come. */
  push(line: RawLine): RawLine | undefined {
    const [prefix, , stream = '', tag] = cri.exec(line.text) ?? [];
    if (prefix === undefined) return line;
    const begun = this.#open.get(stream);
    const whole = begun
      ? { ...line, text: begun.text + line.text.slice(prefix.length), number: begun.number }
      : line;
    if (tag === 'P' && whole.text.length < pieceLength) {
      this.#open.set(stream, whole);
      return undefined;
    }
    this.#open.delete(stream);
    return whole;
  }

  /** @returns the lines whose end did not come. */
  end(): RawLine[] {
    const rest = [...this.#open.values()];
    this.#open.clear();
    return rest;
  }
}
