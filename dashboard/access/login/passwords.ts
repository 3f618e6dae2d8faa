import pLimit from 'p-limit';

/** What OWASP asks of argon2id: 19 MiB, two passes, one thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes a thread and its memory: logins wait for each other rather than slow down everything. */
const limit = pLimit(2);

/**
 * A program of each platform, which only those need who log in with passwords: a board on loopback works
 * where npm has left it out.
 */
const argon2 = () => import('@node-rs/argon2');

/** Hashes a password with argon2id and a salt of its own. @returns the hash as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await argon2();
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
      const { verify } = await argon2();
      const matches = await verify(hashed ?? (await nobodys), password);
      return matches && hashed !== undefined;
    });
}
