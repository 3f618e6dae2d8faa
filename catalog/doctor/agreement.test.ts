import { describe, expect, test } from 'vitest';
import { applyingBugs, decisivePackage } from '../packages/applying-bugs.ts';
import { createHistoryLookUp } from '../verdict/history-look-up.ts';
import { readWriteups } from '../writeup/read.ts';
import { examine } from './examine.ts';
import { ecosystemOf } from './package-condition.ts';

/** `diagnose --packages` and doctor say the same of versions. */
const lookUp = createHistoryLookUp();
const writeups = readWriteups();
/** What no log shows, and what upstream has fixed: only the version tells who has it. */
const byVersion = writeups.filter(
  ({ status, signatures, applies }) =>
    status === 'fixed' &&
    signatures.every(({ unproven }) => unproven !== undefined) &&
    applies.length > 0,
);

/** Each version that some bug of an engine was run with, and the patch versions beside it. */
function versionsOf(engine: 'celery' | 'bullmq'): string[] {
  const tried = writeups
    .filter((one) => one.engine === engine && decisivePackage(one) === engine)
    .flatMap((one) => [...(lookUp(one)?.fails ?? []), ...(lookUp(one)?.works ?? [])]);
  return [
    ...new Set(
      tried.flatMap((version) => {
        const [major = '', minor = '', patch = '0'] = version.split('.');
        return [version, `${major}.${minor}.${Number(patch) + 1}`];
      }),
    ),
  ];
}

/** A project in which an engine has one version, and its libraries another. */
function lock(engine: 'celery' | 'bullmq', version: string, more: Record<string, string> = {}) {
  return Object.entries({ [engine]: version, ...more }).map(([name, one]) => ({
    package: name,
    version: one,
  }));
}

function compare(engine: 'celery' | 'bullmq', locked: ReturnType<typeof lock>) {
  const place = { file: 'lock', line: 1 };
  const ecosystem = ecosystemOf[engine];
  const packages = locked.map((one) => ({ ...one, ecosystem, place }));
  const facts = { projects: [{ packages, complete: [] }], machine: {}, brokers: [], processes: [] };
  return {
    listed: applyingBugs(locked, writeups, lookUp),
    expected: examine(facts, writeups, lookUp),
  };
}

const cases = [
  ...['5.8.2', '5.9.0', '5.9.1'].flatMap((ioredis) => [
    { engine: 'bullmq' as const, version: '6.7.0', more: { ioredis } },
    { engine: 'bullmq' as const, version: '6.7.0', more: { ioredis, bull: '4.16.5' } },
  ]),
  ...versionsOf('bullmq').map((version) => ({ engine: 'bullmq' as const, version, more: {} })),
  ...['5.3.6', '5.4.0', '5.7.0'].flatMap((version) =>
    ['5.3.7', '5.3.8', '5.4.0', '5.7.0'].map((kombu) => ({
      engine: 'celery' as const,
      version,
      more: { kombu, redis: '5.0.8' },
    })),
  ),
];

test('silent bugs that a version decides have rules', () => {
  const ids = writeups
    .filter(({ status, signatures }) => status === 'fixed' && signatures.length === 0)
    .map(({ id }) => id);
  expect(byVersion.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(ids.length).toBeGreaterThan(3);
});

describe.each(cases)('$engine $version $more', ({ engine, version, more }) => {
  const { listed, expected } = compare(engine, lock(engine, version, more));

  test('a silent bug that the version decides is in both, as sure in one as in the other', () => {
    const ids = new Set(
      byVersion.filter(({ applies }) => !applies.some((rule) => rule.uses)).map(({ id }) => id),
    );
    const of = (bugs: readonly { bug: string; level: string }[]) =>
      bugs
        .filter(({ bug }) => ids.has(bug))
        .map(({ bug, level }) => `${bug} ${level}`)
        .sort();
    expect(of(expected)).toEqual(of(listed));
  });

  test('doctor names no bug of versions that the list does not, and none for surer', () => {
    for (const { bug, level } of expected) {
      const same = listed.find((one) => one.bug === bug);
      expect(same, bug).toBeDefined();
      if (level === 'sure') expect(same?.level, bug).toBe('sure');
    }
  });
});
