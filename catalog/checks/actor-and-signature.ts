import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { folders } from '../project.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/** Fewer letters stand in a program by chance. */
const fewest = 6;
/** What interpreters leave beside the sources they were given. */
const leftovers = new Set(['__pycache__', 'node_modules']);

/**
 * No actor contains the message of its own bug: the engine must print it. What stands between the
 * letters does not count, so that a message put together from pieces is found as well.
 */
export const actorAndSignature: Check = ({ root, writeups }) =>
  writeups.flatMap((writeup) => {
    const messages = messagesOf(writeup);
    return actorsOf(path.join(folders.scenarios(root), writeup.slug, 'actors')).flatMap((file) => {
      const text = letters(readFileSync(file, 'utf8'));
      return messages
        .filter(({ searched }) => text.includes(searched))
        .map(({ id, literal }) => ({
          file: path.relative('', file),
          message: `expected an actor without the message of the failure, got "${literal}" of signature "${id}". Let ${writeup.engine} print it: evidence of a message that the actor prints itself shows nothing.`,
        }));
    });
  });

interface Message {
  readonly id: string;
  /** The longest part of the template that is the same in every message. */
  readonly literal: string;
  readonly searched: string;
}

function messagesOf({ signatures }: Writeup): Message[] {
  return signatures.flatMap(({ id, template }) => {
    const parts = template.split(/\{[a-z][\w-]*\}/i).map((literal) => literal.trim());
    const [longest] = parts
      .map((literal) => ({ id, literal, searched: letters(literal) }))
      .sort((one, other) => other.searched.length - one.searched.length);
    return longest === undefined || longest.searched.length < fewest ? [] : [longest];
  });
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function actorsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => !file.split(path.sep).some((part) => leftovers.has(part)));
}
