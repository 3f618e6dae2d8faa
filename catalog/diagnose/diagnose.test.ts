import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import { diagnose } from './diagnose.ts';
import { pieceLength } from './line-sieve.ts';

const writeups = [parseWriteup(writeupText, writeupFile).writeup].filter((w) => w !== undefined);
const sleepy = [
  '[2026-01-03 01:34:20,470: INFO/MainProcess] celery@host ready.',
  '[2026-01-03 01:34:21,470: ERROR/PoolWorker-1] Worker 1 yawned',
  'Traceback (most recent call last):',
  '  File "worker.py", line 3, in run',
  'app.SleepyError: worker 1 is sleepy',
];
const foundOnLine5 = [
  {
    bug: 'BUG-007',
    slug: '007-sleepy-worker',
    title: 'The worker falls asleep',
    level: 'sure',
    because: 'its message stands close to “Worker … yawned”',
    score: 0.9,
    signature: 'SleepyError: {worker} is sleepy',
    line: 5,
    text: expect.stringContaining('app.SleepyError: worker 1 is sleepy') as string,
    fix: 'Use the solo pool, which never sleeps.',
    code: 'celery -A app worker --pool=solo',
    page: '/bugs/007-sleepy-worker/',
    versions: [],
  },
];

function bytes(...chunks: (Uint8Array | string)[]) {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the bug is named however the log was written', () => {
  const json = (fields: (text: string) => object) =>
    sleepy.map((text) => JSON.stringify(fields(text))).join('\n');
  const wrapped: Record<string, string | Buffer> = {
    plain: sleepy.join('\n'),
    'with CRLF': sleepy.join('\r\n'),
    'with colours': sleepy
      .map((text) => `\u001B[31m${text.replace('is', '\u001B[1mis')}\u001B[0m`)
      .join('\n'),
    'by docker compose': sleepy.map((text) => `worker-1  | ${text}`).join('\n'),
    'by journalctl': sleepy.map((text) => `Jan 03 01:34:20 host celery[41]: ${text}`).join('\n'),
    'as JSON lines of pino': json((msg) => ({ level: 50, time: 1, pid: 41, hostname: 'h', msg })),
    'by docker as JSON': json((text) => ({ log: `${text}\r\n`, stream: 'stderr', time: 'x' })),
    'as JSON within docker’s JSON': json((msg) => ({ log: JSON.stringify({ level: 50, msg }) })),
    'as JSON behind a prefix': sleepy
      .map((text) => `worker-1 | ${JSON.stringify({ text })}`)
      .join('\n'),
    'in UTF-8 with a byte order mark': `\uFEFF${sleepy.join('\n')}`,
    'in UTF-16 by PowerShell': Buffer.from(`\uFEFF${sleepy.join('\r\n')}`, 'utf16le'),
    'in UTF-16 without a mark': Buffer.from(sleepy.join('\r\n'), 'utf16le'),
    'in big-endian UTF-16': utf16be(`\uFEFF${sleepy.join('\r\n')}`),
  };

  test.each(Object.entries(wrapped))('%s', async (_how, log) => {
    const { matches, linesRead } = await diagnose(bytes(log), writeups);
    expect({ matches, linesRead }).toEqual({ matches: foundOnLine5, linesRead: 5 });
  });

  test.each(Object.entries(wrapped))('%s, in chunks of three bytes', async (_how, log) => {
    const whole = Buffer.from(log);
    const chunks = Array.from({ length: Math.ceil(whole.length / 3) }, (_, index) =>
      whole.subarray(index * 3, index * 3 + 3),
    );
    expect((await diagnose(bytes(...chunks), writeups)).matches).toEqual(foundOnLine5);
  });

  test('with the whole stack in one JSON record', async () => {
    const record = JSON.stringify({
      level: 'error',
      msg: 'job failed',
      err: { stack: sleepy.join('\n') },
    });
    expect((await diagnose(record, writeups)).matches).toEqual([{ ...foundOnLine5[0], line: 1 }]);
  });
});

test('nothing is named in a healthy log', async () => {
  const healthy =
    '[2026-01-03 01:34:20,470: INFO/MainProcess] Task tasks.add[1] succeeded in 0.01s: 4\n';
  expect(await diagnose(healthy.repeat(3), writeups)).toEqual({
    matches: [],
    unmatchedErrors: [],
    linesRead: 3,
    versions: [],
  });
});

test.each(['', '\n'])('an empty log %j shows nothing', async (log) => {
  expect((await diagnose(bytes(log), writeups)).matches).toEqual([]);
});

test('an error without its context is no match, and is told as unexplained', async () => {
  expect(await diagnose('SleepyError: my cat is sleepy', writeups)).toEqual({
    matches: [],
    unmatchedErrors: [{ line: 1, text: 'SleepyError: my cat is sleepy' }],
    linesRead: 1,
    versions: [],
  });
});

test('unexplained errors are told once for each kind', async () => {
  const log = [
    'worker-1  | [2026-01-03 01:34:20,470: ERROR/MainProcess] consumer: no broker at 0x7f01',
    'worker-1  | [2026-01-03 01:34:22,480: ERROR/MainProcess] consumer: no broker at 0x7f02',
    'kombu.exceptions.OperationalError: Error 111 connecting',
    '{"level":50,"msg":"queue is gone"}',
    '{"level":30,"msg":"no errors so far"}',
    'raise ValueError("no")',
  ].join('\n');
  expect((await diagnose(log, writeups)).unmatchedErrors.map(({ line }) => line)).toEqual([
    1, 3, 4,
  ]);
});

describe('long lines', () => {
  test('a message is found wherever it stands in a line longer than is held', async () => {
    for (const at of [0, pieceLength - 10, pieceLength, 3 * pieceLength + 7]) {
      const line = `${'x'.repeat(at)} Worker 1 yawned, SleepyError: worker 1 is sleepy ${'y'.repeat(pieceLength)}`;
      const { matches, linesRead } = await diagnose(bytes(`first\n${line}\nlast`), writeups);
      expect([matches.map(({ line: found }) => found), linesRead], `at ${at}`).toEqual([[2], 3]);
    }
  });
});
