import { NotRun } from '../../lab/not-run.ts';
import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('cuda-used-at-import-fails', (run) => add(run, 'cuda', 'at import'));
claim('cuda-used-in-the-child-works', (run) => add(run, 'cuda', 'in the task'));
claim('cuda-in-solo-works', (run) => add(run, 'cuda', 'at import'));
claim('metal-used-at-import-crashes', (run) => add(run, 'mps', 'at import'));
claim('metal-in-solo-works', (run) => add(run, 'mps', 'at import'));

async function add(run: Run, device: 'cuda' | 'mps', first: string): Promise<void> {
  const there = await run.factsFrom(await run.actor('has_gpu.py'));
  if (there[device] !== true) {
    throw new NotRun(`torch sees no ${device} here; run it on a machine with such a GPU`);
  }
  await using worker = await run.worker({ env: { DEVICE: device, FIRST_USED: first } });
  await run.submit('tasks.add', [], { expect: 3 });
  run.fact('killed by a signal', run.count('Worker exited prematurely: signal', [worker]) > 0);
}
