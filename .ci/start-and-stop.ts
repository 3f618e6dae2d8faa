/**
 * `npm start` as a reader runs it: waits for the address, opens what it promises, presses Ctrl-C, and
 * looks that no process is left. Linux only: it finds descendants by a variable in their environment.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import waitFor from 'p-wait-for';

const mark = `POOLPROOF_CI_START=${process.pid}`;
const [name, value] = mark.split('=') as [string, string];

/** The command lines of the processes that carry the mark, this one left out. */
function marked(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        if (!environment.includes(mark)) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || pid];
      } catch {
        return []; // It ended while it was being looked at.
      }
    });
}

async function show(url: URL): Promise<string> {
  const response = await fetch(url);
  const body = await response.text();
  process.stdout.write(`${response.status} ${url.href} (${body.length} characters)\n`);
  if (!response.ok) throw new Error(`Expected ${url.href} to answer 2xx, got ${response.status}.`);
  return body;
}

const started = performance.now();
// A process group of its own, so that the interrupt reaches npm and its children as a terminal's does.
const npm = execa('npm', ['start'], {
  env: { [name]: value },
  detached: true,
  stdin: 'ignore',
  stderr: 'inherit',
  reject: false,
});

const life = { over: false };
void npm.then(() => {
  life.over = true;
});

try {
  let printed = '';
  npm.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    process.stdout.write(chunk);
  });
  const address = () => /http:\/\/[\w.:[\]]+/.exec(printed)?.[0];
  await waitFor(() => address() !== undefined || life.over, {
    timeout: 300_000,
    interval: 200,
  });
  const base = address();
  if (base === undefined) throw new Error('Expected npm start to print an address, got none.');
  process.stdout.write(`ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);

  for (const page of ['/', '/board/', '/healthz']) await show(new URL(page, base));
  await waitFor(
    async () => (await show(new URL('/positions?portfolio=sample', base))).length > 20,
    {
      timeout: 60_000,
      interval: 500,
    },
  );
} finally {
  if (npm.pid !== undefined && !life.over) process.kill(-npm.pid, 'SIGINT');
  const { exitCode, signal } = await npm;
  process.stdout.write(`npm start ended with ${exitCode ?? signal} after Ctrl-C\n`);
  const left = marked();
  if (left.length > 0) {
    process.stdout.write(`Expected no process left, got:\n${left.join('\n')}\n`);
    process.exitCode = 1;
  }
}
