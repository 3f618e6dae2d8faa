import { BadInput } from '../../catalog/problem/bad-input.ts';

/** The parts of a job that can be masked. */
const maskable = ['data', 'returnvalue', 'progress', 'opts'] as const;
export type Maskable = (typeof maskable)[number];

/** What several paths say of one place: whether it is masked, and which places below it are. */
export interface MaskNode {
  masked: boolean;
  /** By the names of fields, in lower case. */
  readonly fields: Map<string, MaskNode>;
  /** `*`: whatever the field is named. */
  any: MaskNode | undefined;
  /** `**`: the place itself and whatever is below it, at any depth. */
  deep: MaskNode | undefined;
}

/**
 * Reads paths into a tree for each part of a job.
 * @param paths such as `data.card.*`; `**` stands for any number of fields, and `\.` for a dot in a name.
 * @throws BadInput for a path that names no part of a job, or no field.
 */
export function readMaskPaths(paths: readonly string[]): ReadonlyMap<Maskable, MaskNode> {
  const roots = new Map<Maskable, MaskNode>();
  for (const path of paths) {
    const [part, ...fields] = segmentsOf(path);
    const root = maskable.find((name) => name === part?.toLowerCase());
    if (root === undefined || fields.includes('')) {
      throw new BadInput(
        `expected a path that begins with ${maskable.join(', ')}, got "${path}". ` +
          'Try --mask data.password or --mask "data.card.*"',
      );
    }
    const start = roots.get(root) ?? emptyNode();
    roots.set(root, start);
    fields.reduce(childOf, start).masked = true;
  }
  return roots;
}

/** `data.items[0].pin` is `data.items.0.pin`. */
function segmentsOf(path: string): string[] {
  const dotted = path.replace(/\[(\d+|\*)\]/g, '.$1');
  return dotted.split(/(?<!\\)\./).map((segment) => segment.replaceAll('\\.', '.'));
}

function childOf(node: MaskNode, segment: string): MaskNode {
  if (segment === '*') return (node.any ??= emptyNode());
  if (segment === '**') return (node.deep ??= emptyNode());
  const name = segment.toLowerCase();
  const child = node.fields.get(name) ?? emptyNode();
  node.fields.set(name, child);
  return child;
}

function emptyNode(): MaskNode {
  return { masked: false, fields: new Map(), any: undefined, deep: undefined };
}
