import { readMaskPaths, type Maskable, type MaskNode } from './mask-path.ts';

/** What stands in the place of a masked value. */
export const maskedText = '[masked]';

/** Below this many levels nothing is looked into: what lies there is masked as a whole. */
const deepest = 100;

/** Which fields of jobs nobody is shown. */
export interface Masks {
  /** Whether there are any. */
  readonly some: boolean;
  /** A copy in which the fields are masked; the value itself where none is. It is not changed. */
  readonly apply: <Value>(part: Maskable, value: Value) => Value;
  /** Whether something that is to be written holds what stands for masked values: it would replace them. */
  readonly areIn: (value: unknown) => boolean;
}

/**
 * Masks fields by their paths: `data.password`, `data.card.*`, `data.**.token`, `returnvalue.key`.
 * Names are compared without regard to case. An element of an array is named by its index or by `*`,
 * and a path that names neither goes on in every element. Text that is JSON is looked into; text that
 * begins like JSON and is none is masked as a whole, because what is in it cannot be told.
 * @throws BadInput for what is no such path.
 */
export function createMasks(paths: readonly string[]): Masks {
  const roots = readMaskPaths(paths);
  return {
    some: paths.length > 0,
    apply: <Value>(part: Maskable, value: Value) => {
      const root = roots.get(part);
      return root === undefined ? value : (mask(value, [root], 0) as Value);
    },
    areIn: (value) => paths.length > 0 && JSON.stringify(value ?? null).includes(maskedText),
  };
}

/** @param nodes what is said of this place; several, because paths may meet. */
function mask(value: unknown, nodes: readonly MaskNode[], depth: number): unknown {
  if (nodes.length === 0 || value === undefined) return value;
  const here = withDeep(nodes);
  if (here.some(({ masked }) => masked)) return maskedText;
  if (typeof value === 'string') return maskText(value, nodes, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return maskedText;
  if (Array.isArray(value)) {
    const elements = value.map((element, index) =>
      mask(element, elementNodes(here, index), depth + 1),
    );
    return elements.some((element, index) => element !== value[index]) ? elements : value;
  }
  return maskFields(value, here, depth);
}

function maskFields(value: object, here: readonly MaskNode[], depth: number): object {
  const changed = Object.entries(value).flatMap(([name, field]) => {
    const masked = mask(field, here.flatMap(below(name)), depth + 1);
    return masked === field ? [] : [[name, masked] as const];
  });
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
}

function maskText(text: string, nodes: readonly MaskNode[], depth: number): string {
  const [first] = text.trimStart();
  if (first === undefined || !'{["'.includes(first)) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return first === '"' ? text : maskedText;
  }
  if (depth >= deepest) return maskedText;
  const masked = mask(parsed, nodes, depth + 1);
  if (masked === parsed) return text;
  try {
    return JSON.stringify(masked);
  } catch {
    // What is nested some thousand levels deep can be read and not be written.
    return maskedText;
  }
}

/** `**` stands for no field as well: `data.**.pin` is `data.pin`, too. */
function withDeep(nodes: readonly MaskNode[]): readonly MaskNode[] {
  const deeper = nodes.flatMap(({ deep }) => deep ?? []);
  return deeper.length === 0 ? nodes : [...nodes, ...withDeep(deeper)];
}

function below(name: string): (node: MaskNode) => MaskNode[] {
  return (node) => {
    const found = [node.fields.get(name.toLowerCase()), node.any].filter(
      (next) => next !== undefined,
    );
    // What `**` leads to holds at every depth.
    return node.deep === undefined ? found : [...found, { ...emptied, deep: node.deep }];
  };
}

const emptied: MaskNode = { masked: false, fields: new Map(), any: undefined, deep: undefined };

function elementNodes(here: readonly MaskNode[], index: number): MaskNode[] {
  const step = below(String(index));
  return here.flatMap((node) => {
    const next = step(node);
    return next.length > 0 ? next : [node];
  });
}
