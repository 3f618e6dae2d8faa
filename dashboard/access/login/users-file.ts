import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { BadInput } from '../../../catalog/problem/bad-input.ts';
import { roles } from '../person.ts';

const userSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}._@+-]{1,64}$/u, 'expected 1 to 64 letters, digits and . _ @ + -'),
  role: z.enum(roles),
  /** Patterns of the queues that they see. Default: all. */
  queues: z.array(z.string().min(1)).min(1).default(['*']),
  password: z
    .string()
    .regex(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+$/, 'expected an argon2id hash'),
});
export type User = z.infer<typeof userSchema>;

const fileSchema = z.strictObject({
  users: z.array(userSchema).refine((users) => new Set(users.map(nameOf)).size === users.length, {
    error: 'expected each name once',
  }),
});

/** Who may log in, as the file says at this moment. */
export interface UsersFile {
  /** @throws BadInput when the file cannot be used: then nobody is who they say. */
  readonly find: (name: string) => User | undefined;
}

/**
 * Opens a password file, which is read again whenever it has changed.
 * @throws BadInput when it cannot be used, or nobody is in it.
 */
export function openUsersFile(file: string): UsersFile {
  let known: { version: string; users: ReadonlyMap<string, User> } | undefined;
  const read = () => {
    const version = versionOf(file);
    if (known?.version !== version) {
      known = { version, users: new Map(readUsers(file).map((user) => [user.name, user])) };
    }
    return known.users;
  };
  if (read().size === 0)
    throw new BadInput(`expected users in ${file}, got none. ${howToAdd(file)}`);
  return { find: (name) => read().get(name) };
}

/** Reads everybody in a password file. @throws BadInput when it cannot be used. */
export function readUsers(file: string): User[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(file, (error as Error).message, howToAdd(file));
  }
  try {
    return fileSchema.parse(JSON.parse(text)).users;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw unusable(file, why, 'Put it right, or write it with: poolproof dashboard user add');
  }
}

/** What a session hangs on: it ends when anything of its user is changed. */
export function fingerprintOf(user: User): string {
  return createHash('sha256').update(JSON.stringify(user)).digest('base64url');
}

function versionOf(file: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(file, { bigint: true });
    return [mtimeNs, size, ino].join(' ');
  } catch (error) {
    throw unusable(file, (error as Error).message, howToAdd(file));
  }
}

function unusable(file: string, why: string, next: string): BadInput {
  return new BadInput(`expected a password file, got ${file}: ${why}. ${next}`);
}

function howToAdd(file: string): string {
  return `Add one: poolproof dashboard user add NAME --role admin --users ${file}`;
}

function nameOf({ name }: { name: string }): string {
  return name;
}
