import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('limited-retries-fail', (run) => double(run, '20'));
claim('unlimited-retries-work', (run) => double(run, 'null'));

async function double(run: Run, retries: string): Promise<void> {
  await using worker = await run.worker({ env: { RETRIES: retries } });
  const giveUp = () => (worker.exit ? 'the worker had ended' : undefined);
  await run.submit('numbers.double', [2], { expect: 4, giveUp });
  run.fact('worker still runs', worker.exit === undefined);
}
