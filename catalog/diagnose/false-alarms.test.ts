import { expect, test } from 'vitest';
import { readWriteups } from '../writeup/read.ts';
import { diagnose } from './diagnose.ts';

const writeups = readWriteups();

const windowsPath =
  "Error [ERR_UNSUPPORTED_ESM_URL_SCHEME]: Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'd:'";
const ofNode = [
  '    at throwIfUnsupportedURLScheme (node:internal/modules/esm/load:239:11)',
  '    at defaultLoad (node:internal/modules/esm/load:130:3)',
  '    at ModuleLoader.load (node:internal/modules/esm/loader:409:13)',
  '    at ModuleLoader.moduleProvider (node:internal/modules/esm/loader:291:45)',
  '    at new ModuleJob (node:internal/modules/esm/module_job:63:26)',
  '    at async ModuleLoader.import (node:internal/modules/esm/loader:335:24)',
];

// What other programs print in the words of a bug, by what tells them apart.
test.each<[string, string[]]>([
  [
    'another program, in a stack that begins within Node',
    [
      windowsPath,
      ...ofNode,
      String.raw`    at async load (D:\shop\node_modules\glint\loader.js:12:3)`,
    ],
  ],
  [
    'a program whose configuration has such a path',
    [String.raw`failed to load config from D:\shop\some.config.ts`, windowsPath, ...ofNode],
  ],
  ['any program, without its own part of the stack', [windowsPath, ...ofNode]],
  ['ESLint', ['Oops! Something went wrong! :(', 'ESLint: 9.9.1', windowsPath]],
  ['Storybook', ['SB_CORE-SERVER_0007 (storybook): ', windowsPath]],
  ['Nuxt', ['[nuxi] Nuxt 3.13.0', windowsPath]],
  ['a file that Hadoop does not find', ['File file:///data/in.parquet does not exist']],
  [
    'the same with its stack',
    [
      'java.io.FileNotFoundException: File file:///data/in.parquet does not exist',
      '    at org.apache.hadoop.fs.RawLocalFileSystem.deprecatedGetFileStatus(RawLocalFileSystem.java:641)',
    ],
  ],
  [
    'any use of a URL as a path',
    [
      'TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be of type string. Received an instance of URL',
      '    at Object.join (node:path:1172:7)',
      '    at read (/app/read.js:3:12)',
    ],
  ],
  [
    'an application that pm2 stops',
    ['PM2 log: App [api:0] exited with code [1] via signal [SIGINT]', 'api online'],
  ],
  [
    'a proxy that pip does not reach',
    [
      "WARNING: Retrying after connection broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError('<HTTPSConnection object at 0x1>: Failed to establish a new connection: [Errno 111] Connection refused'))': /simple/celery/",
    ],
  ],
  [
    'a certificate that PostgreSQL shows',
    [
      'Error: self-signed certificate in certificate chain',
      '    at TLSSocket.onConnectSecure (node:_tls_wrap:1679:34)',
      '    at async connect (/app/node_modules/pg-pool/index.js:45:11)',
    ],
  ],
  [
    'a certificate that Git is shown',
    [
      "fatal: unable to access 'https://example.org/a.git/': SSL certificate problem: self-signed certificate in certificate chain",
    ],
  ],
  ['another child that exits', ['Error: Unexpected exit code: 7', '    at run (/app/make.js:3:1)']],
])('%s is none', async (_what, log) => {
  const { matches } = await diagnose(log.join('\n'), writeups);
  expect(matches.map(({ bug }) => bug)).toEqual([]);
});

// And the same words where they are ours.
test.each<[string, string[], string]>([
  [
    'the path of a processor',
    [
      windowsPath,
      ...ofNode,
      String.raw`    at async ChildProcessor.init (D:\shop\node_modules\bullmq\dist\cjs\classes\child-processor.js:24:35)`,
    ],
    'BUG-005',
  ],
  [
    'the path of a processor in an old Node',
    [
      "Error [ERR_UNSUPPORTED_ESM_URL_SCHEME]: Only file and data URLs are supported by the default ESM loader. On Windows, absolute paths must be valid file:// URLs. Received protocol 'd:'",
      String.raw`    at ChildProcessor.init (D:\shop\node_modules\bullmq\dist\cjs\classes\child-processor.js:24:35)`,
    ],
    'BUG-005',
  ],
  [
    'a child of Bull 3',
    [
      'Error: Unexpected exit code: 7',
      '    at ChildProcess.exitHandler (/srv/node_modules/bull/lib/process/sandbox.js:30:16)',
    ],
    'BUG-008',
  ],
])('%s is sure', async (_what, log, bug) => {
  const { matches } = await diagnose(log.join('\n'), writeups);
  expect(matches.map((match) => [match.bug, match.level])).toEqual([[bug, 'sure']]);
});
