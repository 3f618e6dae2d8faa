/**
 * What `diagnose` costs on a large log, with 30 and with 300 signatures, against ripgrep (`rg -F -f`;
 * `grep -F -f` where there is none) with the same literals, in the same run:
 *
 *   node bench/diagnose-speed.ts [MEGABYTES]
 *
 * The log is made: lines of a healthy worker, plain and JSON, two errors in a thousand. Each contestant
 * is a process of its own, start and all.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { createLogReaders } from '../catalog/diagnose/log-reader.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import type { Writeup } from '../catalog/writeup/schema.ts';
import { findLogs } from '../cli/diagnose/logs.ts';

const rounds = 3;
const wanted = { ratio: 10, megabytes: 200 };
const counts = [30, 300];
const child = '--child';

const words =
  'import portfolio queue retry lock cache received started done prices rows total worker pool waiting next batch broker while nothing happens'.split(
    ' ',
  );

/** Numbers that look random and are the same in each run. */
function createRandom(): (count: number) => number {
  let state = 7;
  return (count) => (state = (state * 48_271) % 2_147_483_647) % count;
}

async function writeLog(file: string, megabytes: number): Promise<void> {
  const random = createRandom();
  const word = () => words[random(words.length)] ?? '';
  const text = () => Array.from({ length: 8 + random(8) }, word).join(' ');
  const line = () => {
    const kind = random(1_000);
    const time = `2025-11-02 08:${10 + random(50)}:${10 + random(50)},${100 + random(900)}`;
    if (kind < 2) return `[${time}: ERROR/MainProcess] consumer: ${text()}`;
    if (kind < 300) return JSON.stringify({ level: 30, time, pid: 41, msg: text() });
    return `[${time}: INFO/ForkPoolWorker-${random(8)}] Task app.${word()}[${random(1e9).toString(16)}] ${text()}`;
  };
  const out = createWriteStream(file);
  for (let written = 0; written < megabytes * 1e6;) {
    const chunk = `${Array.from({ length: 5_000 }, line).join('\n')}\n`;
    written += chunk.length;
    if (!out.write(chunk)) await once(out, 'drain');
  }
  await finished(out.end());
}

/** The write-ups, with signatures of more of their kind until there are as many. */
function withSignatures(writeups: readonly Writeup[], count: number): Writeup[] {
  const all = writeups.flatMap(({ signatures }) => signatures);
  const [first] = writeups;
  if (!first) throw new Error('There is a write-up');
  const random = createRandom();
  const more = Array.from({ length: Math.max(0, count - all.length) }, (_, index) => ({
    id: `made-${index}`,
    template: `${words[random(words.length)] ?? ''} of {id} ${index} is ${words[random(words.length)] ?? ''}Error: lost`,
    source: 'this benchmark',
    near: [],
  }));
  return [{ ...first, signatures: [...all, ...more].slice(0, count) }];
}

async function runChild(file: string, count: number): Promise<void> {
  const reader = createLogReaders(withSignatures(readWriteups(), count))();
  const { logs } = await findLogs([file]);
  for (const log of logs) for await (const chunk of log.open()) reader.write(chunk);
  const { linesRead } = reader.end();
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(JSON.stringify({ linesRead, megabytes: Math.round(maxRSS / 1_000) }));
}

async function timed<Result>(
  run: () => Promise<Result>,
): Promise<{ seconds: number; result: Result }> {
  const start = performance.now();
  const result = await run();
  return { seconds: (performance.now() - start) / 1_000, result };
}

async function findPeer(): Promise<string> {
  const { failed } = await execa('rg', ['--version'], { reject: false });
  return failed ? 'grep' : 'rg';
}

async function race(file: string, folder: string): Promise<void> {
  const peer = await findPeer();
  const print = (line: string) => process.stdout.write(`${line}\n`);
  for (const count of counts) {
    const [writeup] = withSignatures(readWriteups(), count);
    const literals = path.join(folder, `literals-${count}.txt`);
    const longest = (template: string) =>
      template.split(/\{[a-z][\w-]*\}/i).reduce((a, b) => (b.length > a.length ? b : a));
    await writeFile(
      literals,
      (writeup?.signatures ?? []).map(({ template }) => `${longest(template)}\n`).join(''),
    );
    const best = { peer: Infinity, ours: Infinity, megabytes: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const theirs = await timed(() =>
        execa(peer, ['-F', '-c', '-f', literals, file], { reject: false }),
      );
      const ours = await timed(() =>
        execa(process.execPath, [fileURLToPath(import.meta.url), child, file, String(count)]),
      );
      const { megabytes } = JSON.parse(ours.result.stdout) as { megabytes: number };
      best.peer = Math.min(best.peer, theirs.seconds);
      best.ours = Math.min(best.ours, ours.seconds);
      best.megabytes = Math.max(best.megabytes, megabytes);
    }
    const ratio = best.ours / best.peer;
    print(
      [
        `${count} signatures:`,
        `diagnose ${best.ours.toFixed(1)} s, ${peer} ${best.peer.toFixed(1)} s,`,
        `ratio ${ratio.toFixed(1)} (wanted: at most ${wanted.ratio}),`,
        `memory ${best.megabytes} MB (wanted: at most ${wanted.megabytes})`,
      ].join(' '),
    );
  }
}

const [first, file = '', count = ''] = process.argv.slice(2);
if (first === child) {
  await runChild(file, Number(count));
} else {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-bench-'));
  try {
    const log = path.join(folder, 'worker.log');
    await writeLog(log, Number(first ?? 1_000));
    await race(log, folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
