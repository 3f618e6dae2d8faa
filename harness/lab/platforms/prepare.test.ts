import { expect, test } from 'vitest';
import { cellName, type Cell } from '../../../catalog/evidence/schema.ts';
import { plainly } from '../brokers/need.ts';
import { prepareCells } from './prepare.ts';

const cell: Cell = {
  engine: 'celery',
  version: '5.6.1',
  pool: 'solo',
  platform: 'wine',
  launch: 'plain',
};
const missing = { how: 'missing', reason: 'no Redis' } as const;

test.each([
  ['nobody gets Wine unasked', undefined, 'wine: runs only when asked for; type: --platform wine'],
  ['Wine that was asked for is looked into', 'wine', 'no Redis'],
] as const)('%s', async (_title, asked, whyNot) => {
  const readiness = await prepareCells(
    [{ cell, needs: plainly('redis') }],
    { asked: 'auto', made: { redis: missing } },
    asked,
    () => undefined,
  );
  expect(readiness[cellName(cell)]).toEqual({ whyNot });
});
