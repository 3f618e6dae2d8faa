import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('uid-fails-on-windows', (run) => doubleTwo(run, 'given'));
claim('uid-works-elsewhere', (run) => doubleTwo(run, 'given'));
claim('uid-left-out-on-windows-works', (run) => doubleTwo(run, 'given but on Windows'));
claim('no-uid-works', (run) => doubleTwo(run, 'left out'));

async function doubleTwo(run: Run, user: string): Promise<void> {
  await using worker = await run.worker({ env: { USER_IS: user } });
  await run.submit('numbers.double', [2], { expect: 4 });
  run.fact('worker still runs', worker.exit === undefined);
}
