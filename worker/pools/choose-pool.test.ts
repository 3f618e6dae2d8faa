import { describe, expect, test } from 'vitest';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { choosePool, type Refusing } from './choose-pool.ts';

function bug(...refuses: Writeup['refuses']): Refusing {
  return { id: 'BUG-900', title: 'The pool that fails', slug: '900-pool-that-fails', refuses };
}

describe('the default', () => {
  test.for([
    ['win32', 'solo'],
    ['linux', 'prefork'],
    ['darwin', 'prefork'],
  ] as const)('on %s is %s', ([platform, pool]) => {
    expect(choosePool(undefined, platform, [])).toBe(pool);
    expect(choosePool(undefined, platform, readWriteups())).toBe(pool);
  });

  test('is the next one where a write-up refuses the first', () => {
    const refused = bug({ engine: 'bullmq', platform: 'linux', pool: 'prefork' });
    expect(choosePool(undefined, 'linux', [refused])).toBe('threads');
  });
});

describe('a pool that a write-up refuses', () => {
  const refused = bug({ engine: 'bullmq', platform: 'win32', pool: 'prefork' });

  test('is refused there, with the page and what to type', () => {
    expect(() => choosePool('prefork', 'win32', [refused])).toThrow(
      'expected a pool that works on win32, got prefork, which fails there: BUG-900, The pool that fails. ' +
        'Read /bugs/900-pool-that-fails/ in the docs, or start with --pool solo',
    );
  });

  test('runs on other platforms, and other pools run here', () => {
    expect(choosePool('prefork', 'linux', [refused])).toBe('prefork');
    expect(choosePool('threads', 'win32', [refused])).toBe('threads');
  });

  test('is no matter of ours when it is the pool of another engine', () => {
    const celery = bug({ engine: 'celery', platform: 'win32', pool: 'prefork' });
    expect(choosePool('prefork', 'win32', [celery])).toBe('prefork');
  });
});
