import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../evidence/files-below.ts';
import { folders } from '../project.ts';
import { literalsOf } from '../signature/template.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/** Fewer letters stand in a program by chance. */
const fewest = 6;

/**
 * No actor contains the message of its own bug: the engine must print it. What stands between the
 * letters does not count, so that a message put together from pieces is found as well.
 */
export const actorAndSignature: Check = ({ root, writeups }) =>
  writeups.flatMap((writeup) => {
    const messages = messagesOf(writeup);
    const folder = path.join(folders.scenarios(root), writeup.slug, 'actors');
    return filesBelow(folder).flatMap((name) => {
      const file = path.join(folder, name);
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
    const [longest] = literalsOf(template)
      .map((text) => ({ id, literal: text.trim(), searched: letters(text) }))
      .sort((one, other) => other.searched.length - one.searched.length);
    return longest === undefined || longest.searched.length < fewest ? [] : [longest];
  });
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
