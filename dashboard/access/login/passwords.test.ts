import * as argon2 from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { createPasswordCheck, hashPassword } from './passwords.ts';

vi.mock('@node-rs/argon2', { spy: true });

test('a password is hashed with argon2id at the cost that OWASP asks for, and a salt of its own', async () => {
  const [one, two] = await Promise.all([
    hashPassword('correct horse'),
    hashPassword('correct horse'),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
});

test('a name that nobody has takes a hash of the same cost as one that somebody has', async () => {
  const check = createPasswordCheck();
  const hashed = await hashPassword('correct horse');
  const cost = async (of: string | undefined, password: string) => {
    vi.mocked(argon2.verify).mockClear();
    const matches = await check(of, password);
    const compared = vi
      .mocked(argon2.verify)
      .mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
    return { matches, compared };
  };
  const same = ['$argon2id$v=19$m=19456,t=2,p=1'];
  expect(await cost(hashed, 'correct horse')).toEqual({ matches: true, compared: same });
  expect(await cost(hashed, 'wrong')).toEqual({ matches: false, compared: same });
  expect(await cost(undefined, 'wrong')).toEqual({ matches: false, compared: same });
  // Nor does the password of nobody let anybody in.
  expect(await cost(undefined, 'of nobody')).toEqual({ matches: false, compared: same });
});
