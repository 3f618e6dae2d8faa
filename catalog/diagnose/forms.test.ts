/**
 * What people paste: one failure and one unknown error, written in every form that logs and their
 * copies come in. The failure is recognised, and neither is ever invisible.
 */
import { describe, expect, test } from 'vitest';
import { writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import { diagnose } from './diagnose.ts';

const writeups = [parseWriteup(writeupText, writeupFile).writeup].filter((w) => w !== undefined);

const known = ['Worker 1 yawned', 'then it fell', 'app.SleepyError: worker 1 is sleepy'];
const unknown = [
  'opening the drawer',
  'DrawerError: the drawer "B" is stuck',
  '    at pull (/srv/app/drawer.js:7:3)',
];

type Form = (lines: readonly string[]) => string;

const each =
  (write: (line: string, index: number) => string): Form =>
  (lines) =>
    lines.map(write).join('\n');
const stack = (lines: readonly string[]) => JSON.stringify(lines.join('\n'));
const html = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const red = (text: string) => `\u001B[31m${text}\u001B[39m`;

const forms: Record<string, Form> = {
  'as it is': each((line) => line),
  'with CRLF': (lines) => lines.join('\r\n'),
  'behind one number of concurrently': each((line) => `[0] ${line}`),
  'behind two numbers of concurrently': each((line) => `[1] [0] ${line}`),
  'behind a name of concurrently': each((line) => `[api:worker] ${line}`),
  'by docker compose': each((line) => `worker-1  | ${line}`),
  'by docker compose with times': each(
    (line) => `worker-1  | 2025-11-02T08:15:30.123456789Z ${line}`,
  ),
  'by docker compose, copied from Docker Desktop': each(
    (line) => `2025-11-02 08:15:30 worker-1        | ${line}`,
  ),
  'by docker logs --timestamps': each((line) => `2025-11-02T08:15:30.123456789Z ${line}`),
  'by kubectl logs --timestamps': each((line) => `2025-11-02T08:15:30.123456789+01:00 ${line}`),
  'by kubectl logs --prefix': each((line) => `[pod/worker-7d9f-x2x/worker] ${line}`),
  'by kubectl logs --prefix --timestamps': each(
    (line) => `[pod/worker-7d9f-x2x/worker] 2025-11-02T08:15:30.1Z ${line}`,
  ),
  'as a node of Kubernetes keeps it': each(
    (line) => `2025-11-02T08:15:30.123456789Z stderr F ${line}`,
  ),
  'by stern': each((line) => `worker-7d9f-x2x worker ${line}`),
  'by journalctl': each((line) => `Nov 02 08:15:30 box worker[711]: ${line}`),
  'by journalctl -o short-iso': each((line) => `2025-11-02T08:15:30+0100 box worker[711]: ${line}`),
  'by journalctl -o short-precise': each(
    (line) => `Nov 02 08:15:30.123456 box worker[711]: ${line}`,
  ),
  'by journalctl -o json': each((line) =>
    JSON.stringify({ PRIORITY: '6', _PID: '711', MESSAGE: line }),
  ),
  'by syslog': each((line) => `<11>1 2025-11-02T08:15:30.123Z box worker 711 - - ${line}`),
  'by rsyslog, which escapes line ends': (lines) =>
    `Nov  2 08:15:30 box worker[711]: ${lines.join('#012')}`,
  'by pm2 into a file': each((line) => `2025-11-02T08:15:30: ${line}`),
  'by pm2 logs': each((line) => `0|worker   | ${line}`),
  'by pm2 logs with times': each((line) => `3|worker  | 2025-11-02T08:15:30: ${line}`),
  'by GitHub Actions': each((line) => `2025-11-02T08:15:30.1234567Z ${line}`),
  'by GitHub Actions as an error': each((line) => `2025-11-02T08:15:30.1234567Z ##[error]${line}`),
  'by gh run view': each((line) => `test\tRun tests\t2025-11-02T08:15:30.1234567Z ${line}`),
  'by Heroku': each((line) => `2025-11-02T08:15:30.123456+00:00 app[worker.1]: ${line}`),
  'by Cloud Foundry': each(
    (line) => ` 2025-11-02T08:15:30.12+0100 [APP/PROC/WORKER/0] ERR ${line}`,
  ),
  'by foreman': each((line) => `08:15:30 worker.1 | ${line}`),
  'by turbo': each((line) => `worker:dev: ${line}`),
  'by Nest': each((line) => `[Nest] 711  - 11/02/2025, 8:15:30 AM   ERROR [Processor] ${line}`),
  'by loguru': each((line) => `2025-11-02 08:15:30.123 | ERROR    | app.tasks:run:3 - ${line}`),
  'as JSON lines': each((line) => JSON.stringify({ time: 1, level: 50, msg: line })),
  'as JSON lines without a level': each((line) => JSON.stringify({ time: 1, msg: line })),
  'as JSON lines of winston': each((line) => JSON.stringify({ level: 'error', message: line })),
  'as JSON with the error in an object': (lines) =>
    JSON.stringify({
      time: 1,
      msg: 'job 7 has ended',
      err: { type: 'Error', stack: lines.slice(0).join('\n') },
    }),
  'as JSON behind a prefix': each((line) => `worker-1  | ${JSON.stringify({ msg: line })}`),
  'as JSON within a string of JSON': (lines) =>
    JSON.stringify({ log: JSON.stringify({ msg: lines.join('\n') }) }),
  'as JSON in a string of JSON in a string of JSON': (lines) =>
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: lines.join('\n') }) }) }),
  'as JSON on many lines': (lines) =>
    JSON.stringify({ level: 'error', err: { stack: lines.join('\n') } }, null, 2),
  'as logfmt': (lines) => `time=2025-11-02 level=error msg=${stack(lines)} job=7`,
  'as a quoted stack': (lines) => stack(lines),
  'as a stack quoted twice': (lines) => JSON.stringify(stack(lines)),
  'as a stack in single quotes': (lines) => `stack: '${lines.join(String.raw`\n`)}',`,
  'as a row of CSV': (lines) => `7,failed,"${lines.join('\n').replaceAll('"', '""')}",3`,
  'as a stack of a failed job in a shell': (lines) =>
    `1) "${lines.join(String.raw`\n`).replaceAll('"', String.raw`\"`)}"`,
  'in colours': each(red),
  'in colours with escapes that are spelled out': each(
    (line) => String.raw`\u001b[31m${line}\u001b[39m`,
  ),
  'in colours of cat -v': each((line) => `^[[31m${line}^[[0m`),
  'in colours that lost their escape': each((line) => `[31m${line}[39m`),
  'in colours within JSON': each((line) => JSON.stringify({ msg: red(line) })),
  'as the source of an issue page': (lines) =>
    `<pre><code class="notranslate">${html(lines.join('\n'))}\n</code></pre>`,
  'as the source of a page with highlighting': each(
    (line) => `<span class="pl-s"><span>${html(line)}</span></span><br>`,
  ),
  'as one line of HTML': (lines) => `<p>${lines.map(html).join('<br/>')}</p>`,
  'as JSON in the source of a page': (lines) =>
    `<script type="application/json">{"body":${stack(lines)}}</script>`,
  'quoted in a mail': each((line) => `> ${line}`),
  'in a table of Markdown': each((line) => `| 7 | ${line} |`),
  'in a word processor': each(
    (line) => `\u00A0${line.replaceAll('"', '\u201C').replaceAll(' ', '\u00A0')}`,
  ),
  'with a tab before': each((line) => `\t${line}`),
};

/** More lines than are read one by one. */
const wellLines = 2_500;
const well = Array.from(
  { length: wellLines },
  (_, index) => `[2025-11-02 08:15:30,470: INFO/ForkPoolWorker-1] Task a.b[${index}] is done`,
).join('\n');

describe.each(Object.entries(forms))('%s', (_how, write) => {
  test('the failure is named', async () => {
    const { matches } = await diagnose(write(known), writeups);
    expect(matches.map(({ bug, level }) => [bug, level])).toEqual([['BUG-007', 'sure']]);
  });

  test('the failure is named far down in a long log', async () => {
    const { matches } = await diagnose([well, write(known), well].join('\n'), writeups);
    expect(matches.map(({ bug, level, line }) => [bug, level, line > wellLines])).toEqual([
      ['BUG-007', 'sure', true],
    ]);
  });

  test('an error that is not known is told far down in a long log', async () => {
    const { unmatchedErrors } = await diagnose([well, write(unknown), well].join('\n'), writeups);
    expect(unmatchedErrors.map(({ text }) => text).join('\n')).toMatch(/DrawerError: the drawer/);
  });

  test('an error that is not known is told', async () => {
    const log = [write(['all is fine']), write(unknown), write(['all is fine again'])].join('\n');
    const { matches, unmatchedErrors } = await diagnose(log, writeups);
    expect(matches).toEqual([]);
    expect(unmatchedErrors.map(({ text }) => text).join('\n')).toMatch(/DrawerError: the drawer/);
  });
});

describe('one line alone is told as the error', () => {
  test.each([
    'Error: read ECONNRESET',
    'TypeError: queue.frob is not a function',
    'TypeError: Cannot read properties of undefined (reading ‘id’)',
    '[Error: certificate has expired] {',
    "ERROR  Cannot find module './x'",
    'Error [ERR_SOCKET_BAD_PORT]: options.port should be >= 0 and < 65536.',
    'AggregateError [ECONNREFUSED]: ',
    'UnhandledPromiseRejectionWarning: boom',
    'ReplyError: NOAUTH Authentication required.',
    '(error) WRONGPASS invalid username-password pair or user is disabled.',
    'MISCONF Redis is configured to save RDB snapshots',
    'amqp.exceptions.AccessRefused: (0, 0): (403) ACCESS_REFUSED - Login was refused',
    'kombu.exceptions.OperationalError: [Errno 111] Connection refused',
    "[2025-11-02 08:15:30,470: ERROR/MainProcess] Received unregistered task of type 'a.b'.",
    'RuntimeWarning: coroutine ‘main’ was never awaited',
    '/srv/app/control.py:56: DuplicateNodenameWarning: Received multiple replies',
    'Future attached to another loop than the one that runs',
    'job stalled more often than it may',
    'consumer: Connection to broker lost. Trying again...',
    'worker.service: Main process exited, code=killed, status=9/KILL',
    'Out of memory: Killed process 711 (node) total-vm:1kB',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'Segmentation fault (core dumped)',
    'App [worker:3] exited with code [1] via signal [SIGINT]',
    'npm ERR! code ELIFECYCLE',
    'error: script "worker" exited with code 1',
    'Module not found: Can’t resolve ‘minimatch’ in ‘/srv’',
    'thread ‘main’ panicked at src/main.rs:3:5',
    '    name: undefined, delay: NaN',
    '    tasks, accept, hostname = _localized',
    'web_1 exited with code 137',
    'E1102 08:15:30.470000       1 reflector.go:138] Failed to watch',
  ])('%s', async (line) => {
    const { matches, unmatchedErrors } = await diagnose(line, writeups);
    expect(matches).toEqual([]);
    expect(unmatchedErrors.map(({ line: at }) => at)).toEqual([1]);
  });
});

test('a line that a container runtime has cut is read whole', async () => {
  const time = '2025-11-02T08:15:30.123456789Z';
  const log = [
    `${time} stderr F Worker 1 yawned`,
    `${time} stderr P app.SleepyErr`,
    `${time} stdout F something of the other stream`,
    `${time} stderr P or: worker 1 is`,
    `${time} stderr F  sleepy`,
  ].join('\n');
  const { matches, linesRead } = await diagnose(log, writeups);
  expect(matches.map(({ bug, line }) => [bug, line])).toEqual([['BUG-007', 2]]);
  expect(linesRead).toBe(5);
});

test('what is well is not told as an error', async () => {
  const log = [
    '[2025-11-02 08:15:30,470: INFO/MainProcess] Connected to redis://localhost:6379//',
    '[2025-11-02 08:15:30,470: INFO/MainProcess] celery@box ready.',
    '[2025-11-02 08:15:30,470: INFO/ForkPoolWorker-1] Task a.b[1] succeeded in 0.1s: None',
    '{"level":30,"msg":"0 errors, no failures"}',
    '{"level":"info","error":null,"msg":"job 7 is done"}',
    'GET /errors/latest 200 3 ms',
    'worker-1  | BullMQ worker is waiting for jobs',
    '2025-11-02T08:15:30Z INFO retrying in 3 s is enabled',
  ].join('\n');
  expect((await diagnose(log, writeups)).unmatchedErrors).toEqual([]);
});
