import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { BadInput } from '../../../catalog/problem/bad-input.ts';
import type { Role } from '../person.ts';
import { hashPassword } from './passwords.ts';
import { readUsers, type User } from './users-file.ts';

/** The shortest password that is taken, in characters (NIST SP 800-63B). */
const shortest = 8;
const longest = 1024;

interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly queues: readonly string[];
  readonly password: string;
}

/**
 * Adds somebody to a password file, which is made where there is none.
 * @param replace whether somebody of that name may be there, and is replaced.
 * @throws BadInput for a name that is taken, and a name or password that cannot be used.
 */
export async function addUser(
  file: string,
  { password, ...user }: NewUser,
  replace = false,
): Promise<void> {
  const { length } = password;
  if (length < shortest || length > longest) {
    throw new BadInput(
      `expected a password of ${shortest} to ${longest} characters, got one of ${length}`,
    );
  }
  const hashed = await hashPassword(password);
  await change(file, (users) => {
    if (!replace && users.some(({ name }) => name === user.name)) {
      throw new BadInput(
        `expected a name that nobody in ${file} has, got ${user.name}. To change them add --replace`,
      );
    }
    const others = users.filter(({ name }) => name !== user.name);
    return [...others, { ...user, queues: [...user.queues], password: hashed }];
  });
}

/** Takes somebody out of a password file; their sessions end. @throws BadInput when they are not in it. */
export async function removeUser(file: string, name: string): Promise<void> {
  await change(file, (users) => {
    const others = users.filter((user) => user.name !== name);
    if (others.length < users.length) return others;
    const names = users.map((user) => user.name).join(', ');
    throw new BadInput(`expected somebody in ${file} (${names}), got ${name}`);
  });
}

async function change(file: string, next: (users: readonly User[]) => readonly User[]) {
  const release = await lock(file, { realpath: false, retries: 5 });
  const written = `${file}.${process.pid}.new`;
  try {
    const users = next(existsSync(file) ? readUsers(file) : []);
    await write(written, `${JSON.stringify({ users }, null, 2)}\n`);
    // What cannot be read back, such as a name with a space, must not replace what can.
    readUsers(written);
    await rename(written, file);
  } catch (error) {
    throw error instanceof BadInput
      ? new BadInput(error.message.replaceAll(written, path.basename(file)), { cause: error })
      : error;
  } finally {
    await rm(written, { force: true });
    await release();
  }
}

/** Written whole before it takes the place of the old one: a dashboard never reads a half. */
async function write(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w', 0o600);
  await handle.writeFile(text);
  await handle.sync();
}
