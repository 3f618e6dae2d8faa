import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { noBroker } from '../lab/brokers/none.ts';
import { orSkip } from '../lab/testing/or-skip.ts';
import { openNativeHost } from '../lab/platforms/native.ts';
import { groupPrefix, memoryGroups } from '../lab/sweep/linux-leftovers.ts';
import { workspaceOfTest } from '../lab/testing/test-workspace.ts';
import { OpenRun } from './open-run.ts';

const cell: Cell = {
  ...{ engine: 'bullmq', version: '6.7.0', pool: 'solo', platform: 'linux', launch: 'plain' },
};

const programs = {
  'tick.mjs': 'let n = 0; setInterval(() => console.log(`tick ${++n}`), 50);',
  'hold.mjs': `const held = [];
process.stdin.resume();
console.log('started');
setInterval(() => { held.push(Buffer.alloc(8 * 2 ** 20, 1)); console.log('held', held.length); }, 20);`,
  'open.mjs': `import { openSync } from 'node:fs';
try { for (;;) openSync('open.mjs', 'r'); } catch (error) { console.log(error.code); }`,
  'date.mjs': `setInterval(() => console.log(\`at \${Date.now()} \${Math.round(performance.now())}\`), 50);`,
  'write.mjs': `import { appendFileSync } from 'node:fs';
setInterval(() => {
  try { appendFileSync(process.argv[2] + '/log', 'x'.repeat(10_000)); console.log('written'); }
  catch (error) { console.log(error.code); }
}, 50);`,
};

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());

async function openWorkspace(): Promise<OpenRun> {
  const actors = await workspace.makeWorkFolder();
  await mkdir(actors, { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(path.join(actors, name), text);
  }
  const prepared = { kind: 'native', wrapper: [], interpreter: process.execPath } as const;
  const host = await openNativeHost({ ...prepared, env: {}, versions: {} }, workspace, actors);
  const openServer = () => Promise.reject(new Error('no server is needed'));
  return new OpenRun(cell, noBroker, host, { folder: workspace, openServer });
}

test('a frozen actor does nothing until it is let go', async ({ skip }) => {
  await using own = await openWorkspace();
  await using actor = await own.actor('tick.mjs', { until: 'tick 2' });
  await orSkip(skip, actor.freeze());
  const lines = actor.lines.length;
  await expect(actor.printed(`tick ${lines + 5}`, 1_000)).resolves.toBe(false);
  await actor.resume();
  await expect(actor.printed(`tick ${lines + 5}`)).resolves.toBe(true);
});

test('an actor that needs more memory than it may use is killed', async ({ skip }) => {
  await using own = await openWorkspace();
  const free = await own.actor('hold.mjs', { name: 'free', until: 'held 40' });
  expect(free.exit).toBeUndefined();
  await free.kill();
  const limits = { memoryMegabytes: 150 };
  const limited = await orSkip(skip, own.actor('hold.mjs', { name: 'limited', limits }));
  await expect(limited.ended()).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  expect(limited.lines.some((line) => line.startsWith('held'))).toBe(true);
  expect(own.commands).toContain('<memory: 150 MB> node hold.mjs');
  await own[Symbol.asyncDispose]();
  expect(groupsOfRun()).toEqual([]);
});

test('an actor runs out of file handles', async ({ skip }) => {
  await using own = await openWorkspace();
  const limits = { openFiles: 64 };
  const limited = await orSkip(skip, own.actor('open.mjs', { limits }));
  await limited.ended();
  expect(limited.lines).toEqual(['EMFILE']);
  expect(limited.exit).toEqual({ code: 0, signal: null });
});

test('a clock jumps for those that go by it, and for nobody else', async ({ skip }) => {
  await using own = await openWorkspace();
  const clock = await orSkip(skip, own.clock());
  await using told = await own.actor('date.mjs', { name: 'told', env: clock.env, until: 'at' });
  await using other = await own.actor('date.mjs', { name: 'other', until: 'at' });
  const aheadSeconds = ({ lines }: { readonly lines: readonly string[] }) =>
    // Zero has no sign.
    Math.round((Number(lines.at(-1)?.split(' ')[1]) - Date.now()) / 1000) + 0;
  expect(aheadSeconds(told)).toBe(0);
  await clock.jump(3600);
  await expect.poll(() => aheadSeconds(told), { timeout: 5_000 }).toBe(3600);
  expect(aheadSeconds(other)).toBe(0);
  await clock.jump(-7200);
  await expect.poll(() => aheadSeconds(told), { timeout: 5_000 }).toBe(-3600);
  // Durations are measured as before.
  expect(Number(told.lines.at(-1)?.split(' ')[2])).toBeLessThan(60_000);
});

test('a disk is full, and has room again', async ({ skip }) => {
  await using own = await openWorkspace();
  const disk = await orSkip(skip, own.smallDisk(4));
  try {
    await using actor = await own.actor('write.mjs', { args: [disk.folder], until: 'written' });
    await disk.fill();
    await expect(actor.printed('ENOSPC')).resolves.toBe(true);
    await disk.free();
    const lines = actor.lines.length;
    await expect
      .poll(() => actor.lines.slice(lines).includes('written'), { timeout: 5_000 })
      .toBe(true);
  } finally {
    await disk[Symbol.asyncDispose]();
  }
  expect(readdirSync(disk.folder)).toEqual([]);
});

test('the sweep takes away a disk that nobody took away, and groups of memory', async ({
  skip,
}) => {
  const other = await workspaceOfTest();
  const prepared = { kind: 'native', wrapper: [], interpreter: process.execPath } as const;
  const host = await openNativeHost(
    { ...prepared, env: {}, versions: {} },
    other.workspace,
    'none',
  );
  const openServer = () => Promise.reject(new Error('no server is needed'));
  const own = new OpenRun(cell, noBroker, host, { folder: other.workspace, openServer });
  const disk = await orSkip(skip, own.smallDisk(4));
  await orSkip(skip, own.actor('-', { limits: { memoryMegabytes: 100 } }));
  await other[Symbol.asyncDispose]();
  expect(existsSync(disk.folder)).toBe(false);
  expect(groupsOfRun(other.workspace)).toEqual([]);
});

function groupsOfRun(of = workspace): string[] {
  return memoryGroups
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.startsWith(groupPrefix(of)));
}
