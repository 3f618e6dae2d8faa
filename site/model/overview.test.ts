import { expect, it } from 'vitest';
import { exampleClaim, exampleEvidence, exampleWriteup } from '../testing/example.ts';
import { testedBug } from './bug.ts';
import { coverageOf } from './overview.ts';

it('counts by platform what was spoken of, what ran, and what came out otherwise', () => {
  const open = exampleClaim('lanes-open', {
    run: { versions: ['1.0.0', '2.0.0'], pool: 'solo', platforms: ['linux', 'win32'] },
  });
  const close = exampleClaim('lanes-close');
  const bug = testedBug('999-lanes-close', exampleWriteup([open, close]), [
    exampleEvidence(open),
    exampleEvidence(close, { verdict: 'refuted', asWritten: false }),
  ]);
  expect(coverageOf(bug)).toEqual([
    { platform: 'linux', spoken: 3, ran: 2, otherwise: 1 },
    { platform: 'darwin', spoken: 0, ran: 0, otherwise: 0 },
    { platform: 'win32', spoken: 2, ran: 0, otherwise: 0 },
    { platform: 'wine', spoken: 0, ran: 0, otherwise: 0 },
  ]);
});
