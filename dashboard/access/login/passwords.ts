import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** What OWASP asks of argon2id: 19 MiB, two passes, one thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes a thread and its memory: logins wait for each other rather than slow down everything. */
const limit = pLimit(2);

/** Hashes a password with argon2id and a salt of its own. @returns the hash as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/**
 * Makes a check of passwords that takes as long for a name that nobody has, so that the time does not
 * tell which names there are.
 */
export function createPasswordCheck(): (
  hashed: string | undefined,
  password: string,
) => Promise<boolean> {
  const nobodys = hashPassword('of nobody');
  return (hashed, password) =>
    limit(async () => {
      const matches = await verify(hashed ?? (await nobodys), password);
      return matches && hashed !== undefined;
    });
}
