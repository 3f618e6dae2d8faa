import { expect, test, vi } from 'vitest';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { DiskFull } from '../not-run.ts';
import { mountTmpfs } from '../testing/tmpfs.ts';
import { engines } from './engines.ts';

const cell = { pool: 'solo', platform: 'linux', launch: 'plain' } as const;

/** Of the disk: room for uv, but not for what it installs; or for little. */
const cases: [string, Cell, string, string][] = [
  ['by uv', { ...cell, engine: 'celery', version: '5.7.0' }, '', '105m'],
  ['by venv and pip', { ...cell, engine: 'celery', version: '5.7.0' }, 'none', '12m'],
  ['by npm', { ...cell, engine: 'bullmq', version: '6.7.0' }, '', '12m'],
];

test.for(cases)(
  'a disk that is full during an installation %s is named as such',
  { timeout: 300_000 },
  async ([, cell, uv, size], { skip }) => {
    await using disk = await mountTmpfs(size, { skip });
    vi.stubEnv('POOLPROOF_CACHE', disk.folder);
    vi.stubEnv('POOLPROOF_UV', uv);
    const noted: string[] = [];
    const installing = engines[cell.engine].install(cell, (message) => noted.push(message));
    await expect(installing).rejects.toThrow(DiskFull);
    await expect(installing).rejects.toThrow(`the disk of ${disk.folder} is full; free some space`);
    expect(noted.at(-1)).toMatch(/^installing /);
  },
);
