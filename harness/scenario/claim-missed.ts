import type { Result } from '../report/result.ts';

/** A claim came out otherwise than its write-up says. Reported without a stack: no code is at fault. */
export class ClaimMissed extends Error {
  override readonly name = 'ClaimMissed';

  constructor({ says, verdict, reason }: Result) {
    super(`"${says}" is ${verdict}: ${reason}`);
    this.stack = '';
  }
}
