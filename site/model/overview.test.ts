import { expect, it } from 'vitest';
import { exampleBug, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { coverageOf } from './overview.ts';

it('counts by platform what was spoken of, what ran, and what came out otherwise', () => {
  const open = exampleClaim('lanes-open', {
    run: { versions: ['1.0.0', '2.0.0'], pool: 'solo', platforms: ['linux', 'win32'] },
    control: 'door-opens',
  });
  const close = exampleClaim('lanes-close', { control: 'door-opens' });
  const door = exampleClaim('door-opens');
  const bug = exampleBug(
    [open, close, door],
    [
      exampleEvidence(open, { says: 'They opened once' }),
      exampleEvidence(close, { came: ['fails'] }),
    ],
  );
  expect(coverageOf(bug)).toEqual([
    { platform: 'linux', spoken: 4, ran: 2, otherwise: 1, stale: 1 },
    { platform: 'darwin', spoken: 0, ran: 0, otherwise: 0, stale: 0 },
    { platform: 'win32', spoken: 2, ran: 0, otherwise: 0, stale: 0 },
    { platform: 'wine', spoken: 0, ran: 0, otherwise: 0, stale: 0 },
  ]);
});
