import { expect, test } from 'vitest';
import { keepsContract } from '../contract.ts';
import { bullmq } from './bullmq.ts';
import { packagesOf } from './install.ts';

keepsContract('bullmq', [
  { version: '6.7.0' },
  { version: '5.56.3' },
  { version: '4.18.2' },
  { version: '3.15.8' },
  { version: '5.56.3', node: '20', ioredis: '5.4.1' },
]);

test('what a claim has installed comes beside the engine, or in its place where it names it', () => {
  const version = '6.7.0';
  expect(packagesOf({ version })).toEqual(['bullmq@6.7.0', 'ioredis@6', 'pg@8']);
  expect(packagesOf({ version, install: ['esbuild@0.25.0'] })).toContain('ioredis@6');
  const named = packagesOf({ version, install: ['bullmq', 'ioredis@5.4.1'] });
  expect(named).toEqual(['bullmq@6.7.0', 'ioredis@5.4.1']);
});

test('the Node and the ioredis of a cell are what runs', { timeout: 300_000 }, async () => {
  const cell = { engine: 'bullmq', version: '5.56.3', pool: 'solo', launch: 'plain' } as const;
  const wanted = { ...cell, platform: 'linux', node: '20', ioredis: '5.4.1' } as const;
  const { versions } = await bullmq.install(wanted, () => undefined);
  expect(versions).toMatchObject({ node: '20.20.2', ioredis: '5.4.1', bullmq: '5.56.3' });
  await expect(bullmq.install({ ...wanted, node: '7' }, () => undefined)).rejects.toThrow(
    'no Node 7 is pinned',
  );
});
