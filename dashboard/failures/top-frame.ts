/** A line of a stack: where the failure was thrown, as far as it is the application's own. */
export interface Frame {
  /** `loadLanes src/lanes.js`: without line numbers and release folders, which change with each release. */
  readonly key: string;
  /** `loadLanes (src/lanes.js:12)` */
  readonly text: string;
  /** Whether it is the application's own; else no frame of the stack is. */
  readonly own: boolean;
}

const library = /[\\/](?:node_modules|site-packages|dist-packages|lib[\\/]python[\d.]+)[\\/]/;
const internal = /^node:|^internal\/|^native$|^<anonymous>$|^\[native code\]$/;
const mostLines = 100;

/** Stacks that were read: most jobs of a group have the same. */
const read = new Map<string, Frame | undefined>();
const mostKept = 2000;

/** The topmost frame of the application's own in a stack of Node or Python; else the topmost of all. */
export function topFrame(stack: string): Frame | undefined {
  if (read.has(stack)) return read.get(stack);
  if (read.size >= mostKept) read.clear();
  const frame = find(stack);
  read.set(stack, frame);
  return frame;
}

function find(stack: string): Frame | undefined {
  const lines = stack.split(/\r?\n/, mostLines);
  const python = lines.flatMap((line) => pythonFrame(line) ?? []);
  // Python prints the innermost frame last.
  const frames =
    python.length > 0 ? python.toReversed() : lines.flatMap((line) => nodeFrame(line) ?? []);
  const own = frames.find(({ file }) => !library.test(file) && !internal.test(file));
  const shown = own ?? frames[0];
  if (shown === undefined) return undefined;
  const file = shortFile(shown.file);
  const where = `${file}:${shown.line}`;
  return {
    // Functions without a name are told apart by their line.
    key: shown.name === '' ? where : `${shown.name} ${file}`,
    text: shown.name === '' ? where : `${shown.name} (${where})`,
    own: own !== undefined,
  };
}

interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: string;
}

function nodeFrame(line: string): Place | undefined {
  if (!/^\s*at /.test(line)) return undefined;
  const text = line.trim().slice('at '.length);
  const named = /^(.{1,200}) \((.{1,1000})\)$/.exec(text);
  const [, file = '', row = ''] = /^(.*?):(\d+)(?::\d+)?$/.exec(named?.[2] ?? text) ?? [];
  if (file === '') return undefined;
  const name = (named?.[1] ?? '').replace(/^(?:async|new) /, '').replace(/ \[as .*\]$/, '');
  return {
    name: name.replace(/^Object\.<anonymous>$|<anonymous>$/, ''),
    file: plainFile(file),
    line: row,
  };
}

function pythonFrame(line: string): Place | undefined {
  const found = /^\s*File "([^"]{1,1000})", line (\d+)(?:, in (\S+))?/.exec(line);
  if (!found) return undefined;
  const [, file = '', row = '', name = ''] = found;
  return { name: name === '<module>' ? '' : name, file, line: row };
}

function plainFile(file: string): string {
  return file
    .replace(/^async /, '')
    .replace(/^file:\/\//, '')
    .replace(/\?.*$/, '');
}

/** The last folder and the name: what stands before differs from release to release. */
function shortFile(file: string): string {
  return file.split(/[\\/]/).filter(Boolean).slice(-2).join('/');
}
