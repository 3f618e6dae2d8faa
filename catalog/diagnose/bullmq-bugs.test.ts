import { describe, expect, test } from 'vitest';
import { readWriteups } from '../writeup/read.ts';
import { diagnose } from './diagnose.ts';

const writeups = readWriteups();

async function bugsIn(...lines: string[]): Promise<string[]> {
  const { matches } = await diagnose(lines.join('\n'), writeups);
  return matches.map(({ bug }) => bug);
}

const sandbox =
  'at Child.exitHandler (C:\\app\\node_modules\\bullmq\\dist\\cjs\\classes\\sandbox.js:15:36)';

describe('a log of BullMQ tells the bug that it shows', () => {
  test.each<[string, string[], string[]]>([
    [
      'a path where Windows needs a URL',
      [
        "Error [ERR_UNSUPPORTED_ESM_URL_SCHEME]: Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'c:'",
        '    at throwIfUnsupportedURLScheme (node:internal/modules/esm/load:203:11)',
        String.raw`    at async ChildProcessor.init (C:\app\node_modules\bullmq\dist\cjs\classes\child-processor.js:24:35)`,
      ],
      ['BUG-005'],
    ],
    [
      'the same as the reason of a failed job',
      [
        "job 7 failed: Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'd:'",
      ],
      ['BUG-005'],
    ],
    [
      'a path without its drive',
      [
        String.raw`TypeError [ERR_INVALID_MODULE_SPECIFIER]: Invalid module "\app\double.mjs" is not a valid package name imported from C:\app\node_modules\bullmq\dist\cjs\classes\child-processor.js`,
      ],
      ['BUG-005'],
    ],
    [
      'a relative path',
      [
        "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/node_modules/bullmq/dist/cjs/classes/double.mjs' imported from /app/node_modules/bullmq/dist/cjs/classes/child-processor.js",
      ],
      ['BUG-005'],
    ],
    [
      'a worker that pm2 has stopped on Windows',
      [
        '0|imports | BullMQ worker ready',
        'PM2 log: App [imports] with id [0] and pid [14224], exited with code [1] via signal [SIGINT]',
      ],
      ['BUG-006'],
    ],
    [
      'a child that BullMQ has stopped on Windows',
      ['Error: Unexpected exit code: null signal: SIGTERM', sandbox],
      ['BUG-007'],
    ],
    [
      'a child that was killed on Linux',
      ['Unexpected exit code: null signal: SIGKILL'],
      ['BUG-008'],
    ],
    ['a child that was killed on Windows', ['Unexpected exit code: 1 signal: null'], ['BUG-008']],
    [
      'a child with a full heap on Linux',
      ['Unexpected exit code: null signal: SIGABRT'],
      ['BUG-008'],
    ],
    [
      'a child with a full heap on Windows',
      ['Unexpected exit code: 134 signal: null'],
      ['BUG-008'],
    ],
    [
      'an orphan that ps shows',
      [
        '   PPID %CPU COMMAND',
        '      1 99.3 /usr/bin/node /app/node_modules/bullmq/dist/cjs/classes/main.js',
      ],
      ['BUG-009'],
    ],
    [
      'a user on Windows',
      [
        'Error: spawn ENOTSUP',
        String.raw`    at async ChildPool.retain (C:\app\node_modules\bullmq\dist\cjs\classes\child-pool.js:38:13)`,
      ],
      ['BUG-010'],
    ],
  ])('%s', async (_name, log, bugs) => {
    expect(await bugsIn(...log)).toEqual(bugs);
  });
});

describe('and is silent on what only looks like it', () => {
  test.each<[string, string[]]>([
    ['a worker that is well', ['ready', 'closed']],
    [
      'a clean stop by pm2',
      ['App [imports] with id [0], exited with code [0] via signal [SIGINT]'],
    ],
    [
      'a program without BullMQ that pm2 has stopped on Windows',
      [
        'PM2 log: Stopping app:imports id:0',
        'PM2 log: App [imports] with id [0] and pid [14224], exited with code [1] via signal [SIGINT]',
      ],
    ],
    [
      'another program that imports a path where Windows needs a URL',
      [
        "Error [ERR_UNSUPPORTED_ESM_URL_SCHEME]: Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'c:'",
        '    at throwIfUnsupportedURLScheme (node:internal/modules/esm/load:203:11)',
        String.raw`    at async loadConfig (file:///C:/site/node_modules/some-builder/dist/config.js:7:3)`,
      ],
    ],
    [
      'a tool that says its name before it',
      [
        'Oops! Something went wrong! :( ESLint: 9.9.9',
        "Error: Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'c:'",
      ],
    ],
    [
      'a file of another program given as a URL',
      [
        'Error: File file:///srv/a.csv does not exist',
        '    at open (/srv/node_modules/csv/index.js:3:5)',
      ],
    ],
    ['Bull 3, which names no signal', ['Error: Unexpected exit code: 7']],
    ['a crash under pm2', ['App [imports] with id [0], exited with code [1] via signal [SIGINT]']],
    [
      'a child whose worker lives',
      [
        '   PPID %CPU COMMAND',
        '   4711  0.3 node /app/node_modules/bullmq/dist/cjs/classes/main.js',
      ],
    ],
    [
      'a child whose worker is process 1 of a container',
      [
        '   PPID %CPU COMMAND',
        '      1  0.3 node /app/node_modules/bullmq/dist/cjs/classes/main.js',
      ],
    ],
    [
      'another program that asks for a user',
      ['Error: spawn ENOTSUP', '    at start (C:\\app\\run.js:1:1)'],
    ],
    [
      'another program that misses a module',
      ["Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/a.mjs' imported from /app/b.mjs"],
    ],
    ['another program that misses a file', ['Error: File data/prices.csv does not exist']],
  ])('%s', async (_name, log) => {
    expect(await bugsIn(...log)).toEqual([]);
  });
});
