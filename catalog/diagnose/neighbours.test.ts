import { expect, test } from 'vitest';
import { readWriteups } from '../writeup/read.ts';
import { diagnose } from './diagnose.ts';

const writeups = readWriteups();

/** The innermost frame of a traceback, as Python prints it. */
const frame = (file: string, code: string) => [
  `  File "${file}", line 70, in __init__`,
  `    ${code}`,
];
const semLock = frame('/app/billiard/synchronize.py', 'sl = self._semlock = _billiard.SemLock(');
const oldSemLock = frame(
  '/app/billiard/synchronize.py',
  'kind, value, maxvalue, self._make_name(), unlink_now,',
);
const pythonsOwn = frame(
  '/usr/lib/python3.11/multiprocessing/synchronize.py',
  'sl = self._semlock = _multiprocessing.SemLock(',
);
const onWindows = [
  ...frame(String.raw`C:\app\billiard\pool.py`, 'return True, loads(get_payload())'),
  ...frame(String.raw`C:\app\billiard\synchronize.py`, 'return self._semlock.__enter__()'),
];
const kombu = (slash: string) =>
  frame(
    ['', 'app', 'kombu', 'transport', 'redis.py'].join(slash),
    'from packaging.version import Version',
  );

const denied = 'PermissionError: [Errno 13] Permission denied';
const noPackaging = "ModuleNotFoundError: No module named 'packaging'";

// Failures that are easily taken for each other: the same words, or the same place.
test.each<[string, string[], string[]]>([
  ['a semaphore that Linux denies', [...semLock, denied], ['BUG-003']],
  ['the same as Python 3.6 quotes it', [...oldSemLock, denied], ['BUG-003']],
  [
    'the same, told by the worker first',
    [
      "CRITICAL/MainProcess] Unrecoverable error: PermissionError(13, 'Permission denied')",
      ...semLock,
    ],
    ['BUG-003'],
  ],
  ['a full /dev/shm', [...semLock, 'OSError: [Errno 28] No space left on device'], ['BUG-003']],
  [
    'no /dev/shm',
    [...semLock, 'FileNotFoundError: [Errno 2] No such file or directory'],
    ['BUG-003'],
  ],
  ["a semaphore of Python's own multiprocessing", [...pythonsOwn, denied], []],
  ['a file that is denied', [`${denied}: '/var/run/celery/w1.pid'`], []],
  ['a full disk', ["OSError: [Errno 28] No space left on device: '/var/log/w1.log'"], []],
  [
    'an error of Celery with another place',
    [
      "CRITICAL/MainProcess] Unrecoverable error: PermissionError(13, 'Permission denied')",
      ...frame('/app/celery/platforms.py', 'return os.open(path, flags, mode)'),
    ],
    [],
  ],
  [
    'a file that Windows denies',
    [String.raw`PermissionError: [WinError 5] Access is denied: 'C:\\reports\\may.csv'`],
    [],
  ],
  [
    "a handle of Python's own that Windows denies",
    [
      ...frame(
        String.raw`C:\Python\Lib\multiprocessing\connection.py`,
        'ov, err = _winapi.ReadFile(',
      ),
      'PermissionError: [WinError 5] Access is denied',
    ],
    [],
  ],
  [
    'a row of three values that a task unpacks',
    [
      ...frame('/app/reports/tasks.py', 'name, price, count = row.split()'),
      'ValueError: not enough values to unpack (expected 3, got 0)',
    ],
    [],
  ],
  [
    'a handle that Windows denies',
    [
      "Pool process <billiard.pool.Worker object at 0x1> error: PermissionError(13, 'Access is denied', None, 5, None)",
      ...onWindows,
      'PermissionError: [WinError 5] Access is denied',
    ],
    ['BUG-002'],
  ],
  [
    'a task that finds no file, beside a handle that Windows denies',
    [
      ...onWindows,
      'PermissionError: [WinError 5] Access is denied',
      "FileNotFoundError: [Errno 2] No such file or directory: 'report.csv'",
      `${denied}: 'report.csv'`,
    ],
    ['BUG-002'],
  ],
  ['kombu without packaging', [...kombu('/'), noPackaging], ['BUG-004']],
  ['the same on Windows', [...kombu('\\'), noPackaging], ['BUG-004']],
  [
    'another program without packaging',
    [...frame('/app/setup.py', 'import packaging'), noPackaging],
    [],
  ],
  ['kombu without redis', [...kombu('/'), "ModuleNotFoundError: No module named 'redis'"], []],
])('%s', async (_what, log, bugs) => {
  const { matches } = await diagnose(log.join('\n'), writeups);
  expect(matches.map(({ bug }) => bug)).toEqual(bugs);
});

test.each<[string, string, string[]]>([
  ['a handle that Windows denies', 'PermissionError: [WinError 5] Access is denied', ['BUG-002']],
  ['the same in Polish', 'PermissionError: [WinError 5] Odmowa dostępu', ['BUG-002']],
  ['a handle that is none', 'OSError: [WinError 6] The handle is invalid', ['BUG-002']],
  [
    'three values expected',
    'ValueError: not enough values to unpack (expected 3, got 0)',
    ['BUG-001'],
  ],
  ['no packaging', "ModuleNotFoundError: No module named 'packaging'", ['BUG-004']],
  [
    'something denied to a worker',
    "Unrecoverable error: PermissionError(13, 'Permission denied')",
    ['BUG-003'],
  ],
])('alone, %s is perhaps a bug, with a check that decides', async (_what, line, bugs) => {
  const { matches } = await diagnose(line, writeups);
  expect(matches.map(({ level }) => level)).toEqual(['perhaps']);
  expect(matches.flatMap(({ candidates = [] }) => candidates.map(({ bug }) => bug))).toEqual(bugs);
  expect(matches[0]?.check).toMatch(/\S{3}/);
});
