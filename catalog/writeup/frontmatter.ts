import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';

export type Path = readonly PropertyKey[];
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The YAML between the first two `---` lines, with the place in the file of everything in it. */
export interface ParsedFrontmatter {
  readonly data: unknown;
  readonly errors: readonly (Place & { readonly message: string })[];
  /** The place of the value at a path, or of its nearest parent that exists. */
  readonly locate: (path: Path) => Place;
  /** The place of a key of the mapping at a path. */
  readonly locateKey: (path: Path, key: string) => Place;
}

const fence = /^---[ \t]*$/;

/** The lines between the fences, or undefined where the text does not begin with a fenced block. */
export function cutFrontmatter(text: string): string | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!fence.test(lines[0] ?? '')) return undefined;
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line));
  return end === -1 ? undefined : lines.slice(1, end).join('\n');
}

/** Parses what {@link cutFrontmatter} returned. */
export function parseFrontmatter(yaml: string): ParsedFrontmatter {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    // The fence is the file's first line.
    return { line: line + 1, column: col };
  };
  return {
    data: document.errors.length === 0 ? (document.toJS() as unknown) : undefined,
    errors: document.errors.map(({ message, pos }) => ({ message, ...place(pos[0]) })),
    locate: (path) => place(nearest(document, path).range?.[0] ?? 0),
    locateKey: (path, key) => {
      const map = nearest(document, path);
      const pair = isMap(map)
        ? map.items.find(({ key: node }) => isScalar(node) && node.value === key)
        : undefined;
      return place((isNode(pair?.key) ? pair.key : map).range?.[0] ?? 0);
    },
  };
}

function nearest(document: Document.Parsed, path: Path): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? document.createNode(null);
}
