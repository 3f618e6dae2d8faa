import { expect, test } from 'vitest';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { plainly } from '../brokers/need.ts';
import { prepareCells } from './prepare.ts';
import { readinessName } from './prepared.ts';

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
  expect(readiness[readinessName(cell)]).toEqual({ whyNot });
});

test('cells of one name are ready or not by what each needs of a broker', async () => {
  const bare: Cell = { ...cell, engine: 'bullmq', version: '5.81.3', platform: 'wine' };
  const readiness = await prepareCells(
    (['any', 'redis'] as const).map((kind) => ({
      cell: { ...bare, broker: kind },
      needs: plainly(kind),
    })),
    { asked: 'auto', made: { redis: missing, any: { how: 'embedded' } } },
    'wine',
    () => undefined,
  );
  expect(Object.keys(readiness)).toHaveLength(2);
  const old = 'bullmq 5.81.3 keeps jobs in Redis alone, and there is none; type: --broker fetched';
  expect(readiness[readinessName({ ...bare, broker: 'any' })]).toEqual({ whyNot: old });
  expect(readiness[readinessName({ ...bare, broker: 'redis' })]).toEqual({ whyNot: 'no Redis' });
});
