import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type { z } from 'zod';
import {
  bisectionFile,
  bisectionSchema,
  type Bisection,
} from '../../../catalog/evidence/bisection.ts';
import { evidenceFile } from '../../../catalog/evidence/read.ts';
import { evidenceSchema, type Evidence } from '../../../catalog/evidence/schema.ts';
import { BadInput } from '../../../catalog/problem/bad-input.ts';
import type { Problem } from '../../../catalog/problem/problem.ts';
import { folders } from '../../../catalog/project.ts';
import { formatPath, meantIssues } from '../../../catalog/writeup/schema-issue.ts';
import { machineRunSchema, runFile, type MachineRun } from '../machine.ts';

/** One file of evidence as a machine recorded it. */
export type MachineFile = {
  /** Below the folder of the machine, and below harness/evidence once merged. */
  readonly name: string;
  /** Where it lies. */
  readonly file: string;
  /** On which line a key of it stands, from 1. */
  readonly lineOf: (...at: (string | number)[]) => number | undefined;
} & (
  | { readonly kind: 'evidence'; readonly content: Evidence }
  | { readonly kind: 'bisection'; readonly content: Bisection }
);

/** What one machine recorded, as `--record-to` writes it. */
export interface Machine {
  readonly folder: string;
  readonly files: readonly MachineFile[];
  /** What else came of its run; undefined for a folder of evidence alone. */
  readonly run: MachineRun | undefined;
}

/** A machine as far as it can be read, and what is wrong with the rest. */
export interface ReadMachine {
  readonly machine: Machine;
  readonly problems: readonly Problem[];
}

/**
 * Reads the folder of a machine.
 *
 * @throws BadInput for a folder that there is not, or that holds nothing of the kind.
 */
export function readMachine(folder: string): ReadMachine {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new BadInput(
      `expected a folder of evidence, got ${folder}, which is ${existsSync(folder) ? 'a file' : 'not there'}. Type, say: poolproof harness 002 --record-to ${folder}`,
    );
  }
  const names = namesBelow(folder).sort();
  if (names.length === 0) {
    throw new BadInput(
      `expected evidence as --record-to writes it, got ${folder}, which is empty. Leave it out, or record to it: poolproof harness --record-to ${folder}`,
    );
  }
  const problems: Problem[] = [];
  const files: MachineFile[] = [];
  let run: MachineRun | undefined;
  for (const name of names) {
    const file = path.join(folder, name);
    const read = readAs(name, file);
    if ('problems' in read) problems.push(...read.problems);
    else if ('run' in read) run = read.run;
    else files.push(read.read);
  }
  return { machine: { folder, files, run }, problems };
}

/** Of all files and links below a folder but hidden ones, with slashes. Links are not followed. */
function namesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) =>
      entry.isDirectory()
        ? namesBelow(path.join(folder, entry.name)).map((name) => `${entry.name}/${name}`)
        : entry.name,
    );
}

type Read =
  | { readonly problems: readonly Problem[] }
  | { readonly run: MachineRun }
  | { readonly read: MachineFile };

function readAs(name: string, file: string): Read {
  if (name === runFile) {
    const parsed = parse(file, machineRunSchema);
    return 'problems' in parsed ? parsed : { run: parsed.content };
  }
  if (/^[^/]+\/[^/]+\.json$/.test(name)) {
    const parsed = parse(file, evidenceSchema);
    if ('problems' in parsed) return parsed;
    const { content, lineOf } = parsed;
    return (
      misnamed(name, file, below(evidenceFile(content, '/'))) ?? {
        read: { kind: 'evidence', name, file, content, lineOf },
      }
    );
  }
  if (/^[^/]+\/bisect\/[^/]+\.json$/.test(name)) {
    const parsed = parse(file, bisectionSchema);
    if ('problems' in parsed) return parsed;
    const { content, lineOf } = parsed;
    return (
      misnamed(name, file, below(bisectionFile(content, '/'))) ?? {
        read: { kind: 'bisection', name, file, content, lineOf },
      }
    );
  }
  const message = `expected evidence as --record-to writes it, such as SLUG/CLAIM.CELL.json, got another file. Remove it, or name the folder that holds the bugs.`;
  return { problems: [{ file, message }] };
}

function below(file: string): string {
  return path.relative(folders.evidence('/'), file).split(path.sep).join('/');
}

function misnamed(name: string, file: string, wanted: string): Read | undefined {
  if (name === wanted) return undefined;
  const message = `expected the file name ${wanted} for what it holds. Record it again: names are part of what evidence says.`;
  return { problems: [{ file, message }] };
}

type Parsed<Content> =
  | { readonly problems: readonly Problem[] }
  | { readonly content: Content; readonly lineOf: MachineFile['lineOf'] };

/** Reads JSON, so that whatever is wrong with it is told with its line. */
function parse<Content>(file: string, schema: z.ZodType<Content>): Parsed<Content> {
  const again = 'Fetch the folder again, or record it again.';
  const wrong = (message: string, line?: number): Problem => ({
    file,
    ...(line !== undefined && { line }),
    message: `${message}. ${again}`,
  });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    return { problems: [wrong(`expected UTF-8, got: ${(error as Error).message}`)] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lineAt = (offset: number) => text.slice(0, offset).split(/\r?\n/).length;
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const code = first === undefined ? 'nothing' : printParseErrorCode(first.error);
    return { problems: [wrong(`expected JSON, got: ${code}`, lineAt(first?.offset ?? 0))] };
  }
  const lineOf = (...at: (string | number)[]) => {
    const node = nearest(tree, at);
    return node && lineAt(node.offset);
  };
  const { data, error } = schema.safeParse(JSON.parse(text));
  if (error === undefined) return { content: data, lineOf };
  return {
    problems: error.issues.flatMap(meantIssues).map(({ path: at, message }) => {
      const keys = at.filter((key) => typeof key !== 'symbol');
      return wrong(`${formatPath(at)}: ${message}`, lineOf(...keys));
    }),
  };
}

/** The node at a place, or the innermost around it where a key is missing. */
function nearest(tree: Node, at: readonly (string | number)[]): Node | undefined {
  for (let length = at.length; length >= 0; length -= 1) {
    const found = findNodeAtLocation(tree, at.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}
