import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../access/access.ts';
import type { AuditRow } from '../access/audit-page.ts';
import { openAuditLog } from './audit-log.ts';

const entry: AuditEntry = {
  at: new Date('2026-03-01T10:00:00Z'),
  person: 'olaf',
  peer: '10.0.0.7',
  action: 'retry a job',
  queue: 'pumps',
  subject: '7',
  status: 200,
};

async function openLog() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-audit-'));
  const file = path.join(folder, 'deep', 'audit.jsonl');
  const dispose = () => rm(folder, { recursive: true, maxRetries: 5 });
  return { file, log: openAuditLog(file), [Symbol.asyncDispose]: dispose };
}

const told = (rows: readonly AuditRow[]) =>
  rows.map((row) =>
    row.kind === 'write' ? `${row.subject ?? ''} ${row.status ?? '?'}` : row.text,
  );

test('what was asked and what came of it is one row, and only appended', async () => {
  await using opened = await openLog();
  const { file, log } = opened;
  await log.intend({ ...entry, id: 'a' });
  const before = await readFile(file, 'utf8');
  await log.audit({ ...entry, id: 'a' });
  const after = await readFile(file, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect(after.match(/\n/g)).toHaveLength(2);
  expect(JSON.parse(before)).toEqual({
    at: '2026-03-01T10:00:00.000Z',
    id: 'a',
    person: 'olaf',
    peer: '10.0.0.7',
    action: 'retry a job',
    queue: 'pumps',
    subject: '7',
  });
  const { at, ...fields } = entry;
  expect((await log.trail({ limit: 10 })).rows).toEqual([
    { kind: 'write', at: at.toISOString(), ...fields },
  ]);
});

test.skipIf(process.platform === 'win32')('others of the machine may not read it', async () => {
  await using opened = await openLog();
  await opened.log.audit(entry);
  expect(((await stat(opened.file)).mode & 0o777).toString(8)).toBe('600');
});

test('what was asked and not answered is shown so, and lines that are cut off or no entries as damaged', async () => {
  await using opened = await openLog();
  const { file, log } = opened;
  await log.intend({ ...entry, id: 'killed', subject: '1' });
  await appendFile(file, '{"at":"2026-03-01T10:0');
  await log.audit({ ...entry, subject: '2' });
  await appendFile(file, '{"at":7}\n\n{"person":"x"}\nnot JSON\n');
  await log.audit({ ...entry, subject: '3' });
  const { rows, next } = await log.trail({ limit: 10 });
  expect(told(rows)).toEqual([
    '3 200',
    'not JSON',
    '{"person":"x"}',
    '{"at":7}',
    '2 200',
    '{"at":"2026-03-01T10:0',
    '1 ?',
  ]);
  expect(next).toBeNull();
});

test('pages meet without a gap, also between what was asked and its answer', async () => {
  await using opened = await openLog();
  const { log } = opened;
  const asked = Array.from({ length: 25 }, (_none, index) => ({
    ...entry,
    id: `id-${index}`,
    subject: String(index),
  }));
  // All are asked before the first is answered, so that every page cuts some in two.
  await Promise.all(asked.map((one) => log.intend(one)));
  await Promise.all(asked.map((one) => log.audit(one)));
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const { rows, next } = await log.trail({ limit: 4, before });
    seen.push(...told(rows));
    before = next ?? undefined;
  } while (before !== undefined);
  expect(seen).toEqual(asked.map(({ subject }) => `${subject} 200`).reverse());
});

test('a log longer than what is read at once is read whole, in pages', async () => {
  await using opened = await openLog();
  const { file, log } = opened;
  const line = JSON.stringify({ ...entry, subject: 'é'.repeat(300) });
  await appendFile(file, `${line}\n`.repeat(13_000));
  await appendFile(file, 'x'.repeat(200_000));
  let [count, damaged, pages] = [0, 0, 0];
  let before: string | undefined;
  do {
    const { rows, next, looked } = await log.trail({ limit: 1_000_000, before });
    expect(looked).toBeLessThan(9 * 1024 * 1024);
    count += rows.length;
    damaged += rows.filter(({ kind }) => kind === 'damaged').length;
    pages += 1;
    before = next ?? undefined;
  } while (before !== undefined);
  expect([count, damaged]).toEqual([13_001, 1]);
  expect(pages).toBeGreaterThan(1);
});

test.for([
  [{ person: 'vera' }, ['2 403']],
  [{ queue: 'pumps' }, ['1 200']],
  [{ action: 'PAUSE' }, ['3 200']],
  [{ from: new Date('2026-03-01T11:30:00Z') }, ['3 200']],
  [{ to: new Date('2026-03-01T10:30:00Z') }, ['1 200']],
  [{ person: 'olaf', action: 'pause', from: new Date(0), to: new Date() }, ['3 200']],
  [{ person: 'ol' }, []],
] as const)('%j is answered with %j', async ([query, rows]) => {
  await using opened = await openLog();
  const { log } = opened;
  await log.audit({ ...entry, subject: '1' });
  const at = (hour: number) => new Date(`2026-03-01T${hour}:00:00Z`);
  await log.audit({
    ...entry,
    at: at(11),
    person: 'vera',
    queue: 'lanes',
    subject: '2',
    status: 403,
  });
  await log.audit({ ...entry, at: at(12), action: 'pause all', queue: undefined, subject: '3' });
  expect(told((await log.trail({ ...query, limit: 10 })).rows)).toEqual(rows);
});

test('a log that was moved away is begun anew', async () => {
  await using opened = await openLog();
  const { file, log } = opened;
  await log.audit(entry);
  await rename(file, `${file}.1`);
  expect((await log.trail({ limit: 1 })).rows).toEqual([]);
  await log.audit({ ...entry, subject: '8' });
  expect(told((await log.trail({ limit: 10 })).rows)).toEqual(['8 200']);
});

test('two processes write to it without loss', async () => {
  await using opened = await openLog();
  const other = openAuditLog(opened.file);
  await Promise.all(
    Array.from({ length: 200 }, (_none, index) => (index % 2 ? other : opened.log).audit(entry)),
  );
  expect(told((await other.trail({ limit: 1000 })).rows)).toEqual(Array(200).fill('7 200'));
});

// eslint-disable-next-line portable/no-posix-path -- Linux alone has a disk that is always full
const fullDisk = '/dev/full';
test.skipIf(!existsSync(fullDisk))('what does not fit on the disk is told', async () => {
  const log = openAuditLog(fullDisk);
  await expect(log.intend(entry)).rejects.toThrow('ENOSPC');
});

test('a place that no page named, and a file that cannot be written to, are told', async () => {
  await using opened = await openLog();
  await expect(opened.log.trail({ limit: 1, before: 'x' })).rejects.toThrow(
    'expected the `before`',
  );
  expect(() => openAuditLog(os.tmpdir())).toThrow('Name another: --audit FILE');
});
