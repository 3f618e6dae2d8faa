import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('shared-client-keeps-the-process', (run) => end(run, 'shared client'));
claim('quit-after-close-ends-it', (run) => end(run, 'quits'));
claim('exit-after-close-ends-it', (run) => end(run, 'exits'));
claim('own-connection-ends-it', (run) => end(run, 'own connection'));

/** Asks a worker that has done a job to end. */
async function end(run: Run, how: string): Promise<void> {
  await using worker = await run.worker({ env: { HOW: how } });
  await run.submit('numbers.double', [2], { expect: 4 });
  await worker.signal('SIGTERM');
  run.fact('worker was closed', await worker.printed('closed'));
  run.fact('process ended', (await worker.ended(5_000)) !== undefined);
}
