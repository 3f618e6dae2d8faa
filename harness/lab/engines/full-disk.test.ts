import { expect, test, vi } from 'vitest';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { DiskFull } from '../not-run.ts';
import { orSkip } from '../testing/or-skip.ts';
import { mountTmpfs } from '../testing/tmpfs.ts';
import { findUv } from '../runtimes/python-environment.ts';
import { engines } from './engines.ts';

const cell = { pool: 'solo', platform: 'linux', launch: 'plain' } as const;

const cases: [string, Cell, string][] = [
  ['by uv', { ...cell, engine: 'celery', version: '5.7.0' }, ''],
  ['by venv and pip', { ...cell, engine: 'celery', version: '5.7.0' }, 'none'],
  ['by npm', { ...cell, engine: 'bullmq', version: '6.7.0' }, ''],
];

test.for(cases)(
  'a disk that is full during an installation %s is named as such',
  { timeout: 300_000 },
  async ([, cell, uv], { skip }) => {
    // Kept for the process: had from the disk that is full, it would be all that the disk takes.
    await orSkip(
      skip,
      findUv(() => undefined),
    );
    await using disk = await mountTmpfs('12m', { skip });
    vi.stubEnv('POOLPROOF_CACHE', disk.folder);
    vi.stubEnv('POOLPROOF_UV', uv);
    const noted: string[] = [];
    const installing = engines[cell.engine].install(cell, (message) => noted.push(message));
    await expect(installing).rejects.toThrow(DiskFull);
    await expect(installing).rejects.toThrow(`the disk of ${disk.folder} is full; free some space`);
    expect(noted.at(-1)).toMatch(/^installing /);
  },
);
