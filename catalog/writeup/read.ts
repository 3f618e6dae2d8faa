import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InvalidFiles, refuse, type Problem } from '../problem/problem.ts';
import { folders, projectRoot } from '../project.ts';
import { parseWriteup, type ParsedWriteup } from './parse.ts';
import type { Writeup } from './schema.ts';

/** How the names of files begin that are copied and not read. */
const template = 'TEMPLATE';
/** 1000 comes after 999, which it does not in the order of letters. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/**
 * Reads every write-up of a project, in the order of their ids.
 *
 * @param root the folder that holds bugs/; this project by default.
 * @throws InvalidFiles with the problems of all files at once.
 */
export function readWriteups(root = projectRoot): Writeup[] {
  const { writeups, problems } = readValidWriteups(root);
  refuse(problems);
  return writeups;
}

/** The write-ups of a project that can be used, and what is wrong with the others. */
export interface ReadWriteups {
  readonly writeups: Writeup[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the write-ups of a project that have no problem, in the order of their ids. For whatever can do
 * something useful while one of them is being written.
 *
 * @param root the folder that holds bugs/; this project by default.
 */
export function readValidWriteups(root = projectRoot): ReadWriteups {
  const folder = folders.bugs(root);
  const parsed = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx') && !name.startsWith(template))
    .toSorted(byNumber)
    .map((name) => readAndParse(path.join(folder, name)));
  const writeups = parsed.flatMap(({ writeup }) => writeup ?? []);
  const problems = [...parsed.flatMap((one) => one.problems), ...repeatedIds(writeups)];
  const invalid = new Set(problems.map(({ file }) => file));
  return { writeups: writeups.filter(({ file }) => !invalid.has(file)), problems };
}

/**
 * Reads one write-up.
 *
 * @throws InvalidFiles with all its problems at once.
 */
export function readWriteup(file: string): Writeup {
  const { writeup, problems } = readAndParse(file);
  if (!writeup || problems.length > 0) throw new InvalidFiles(problems);
  return writeup;
}

function readAndParse(file: string): ParsedWriteup {
  return parseWriteup(readFileSync(file, 'utf8'), path.relative('', file));
}

function repeatedIds(writeups: readonly Writeup[]): Problem[] {
  return writeups.flatMap(({ id, file }, index) => {
    const first = writeups.findIndex((other) => other.id === id);
    const message = `id: expected an id of its own, got "${id}", which ${writeups[first]?.file ?? ''} has. Take the next free number.`;
    return first === index ? [] : [{ file, message }];
  });
}
