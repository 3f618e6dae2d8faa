/**
 * That `diagnose` takes time linear in the length of a line, whatever stands in it: for each kind of
 * line that invites trying again and again, the time for a line of ten times the length against the
 * time for the line. 10 is linear, 100 is quadratic.
 */
import { messagesIn } from '../catalog/diagnose/message-lines.ts';
import { createMatcher } from '../catalog/diagnose/matcher.ts';
import { createLogReaders } from '../catalog/diagnose/log-reader.ts';
import { readWriteups } from '../catalog/writeup/read.ts';

/** Longer than a line that is read in one piece, so that what is slow shows. */
const longest = 800_000;
const rounds = 3;
const growth = 10;
const wanted = 30;

const kinds: Readonly<Record<string, string>> = {
  'the start of a message': 'Unexpected exit code: ',
  'a message but for its end': 'Unexpected exit code: 1 signal ',
  'a hole that never ends':
    'Pool process <billiard.pool.Worker object at 0x1> error: PermissionError(13, ',
  'the start of JSON': '{"a":',
  'JSON that is cut': '{"a":"b","c":{',
  'nested JSON strings': String.raw`{\"a\":\"`,
  backslashes: '\\',
  'escaped line ends': String.raw`\n`,
  'escaped escapes': String.raw`\\n\\\"`,
  'open tags': '<span ',
  'closed tags': '<b></b>',
  entities: '&amp;lt;',
  'ends of entities': '&#12',
  colours: '\u001B[31m',
  'stray colours': '[31',
  'frames of Python': 'File "x", line ',
  'frames of Node': ' at x (',
  'an exception after another': 'a.b.Error',
  'dots of names': 'a.',
  'brackets of levels': '[ERROR ',
  'prefixes of compose': 'worker-1 | ',
  times: '2025-11-02T08:15:30Z ',
  'names with a colon': 'worker: ',
  versions: 'bullmq@5.',
  blanks: ' ',
  'words of trouble': 'failed to ',
  letters: 'E',
};

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const writeups = readWriteups();
const open = createLogReaders(writeups);
const matcher = createMatcher(writeups);
const programs = {
  messages: (line: string) => messagesIn(line),
  reader: (line: string) => {
    const reader = open();
    reader.write(line);
    return reader.end();
  },
  matcher: (line: string) => matcher.match(line),
};

let worst = 0;
for (const [kind, text] of Object.entries(kinds)) {
  const line = text.repeat(Math.ceil(longest / growth / text.length));
  const ratios = Object.entries(programs).map(([name, run]) => {
    const longer = line.repeat(growth);
    const times = { short: Infinity, long: Infinity };
    for (let round = 0; round < rounds; round += 1) {
      times.short = Math.min(
        times.short,
        time(() => run(line)),
      );
      times.long = Math.min(
        times.long,
        time(() => run(longer)),
      );
    }
    // A time as short as this is the clock's and the machine's, and fast enough for any line.
    const ratio = times.long < 100 ? 0 : times.long / times.short;
    worst = Math.max(worst, ratio);
    return `${name} ${ratio === 0 ? '-' : ratio.toFixed(1)} (${times.long.toFixed(1)} ms)`;
  });
  process.stdout.write(`${kind}: ${ratios.join(', ')}\n`);
}
process.stdout.write(`worst ratio ${worst.toFixed(1)} (wanted: at most ${wanted})\n`);
