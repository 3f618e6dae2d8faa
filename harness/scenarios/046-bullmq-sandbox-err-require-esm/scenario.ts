import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('es-module-fails', (run) => doubleTwo(run, 'double.js'));
claim('es-module-works', (run) => doubleTwo(run, 'double.js'));
claim('threads-hang', (run) => doubleTwo(run, 'double.js', 6_000));
claim('newer-node-works', (run) => doubleTwo(run, 'double.js'));
claim('commonjs-works', (run) => doubleTwo(run, 'double.cjs'));
claim('mjs-is-not-found', (run) => doubleTwo(run, 'double.mjs'));
claim('mjs-works', (run) => doubleTwo(run, 'double.mjs'));
claim('required-package-fails', (run) => doubleTwo(run, 'requires.cjs'));
claim('imported-package-works', (run) => doubleTwo(run, 'imports.cjs'));

async function doubleTwo(run: Run, processor: string, deadlineMs = 20_000): Promise<void> {
  const env = { PROCESSOR: processor, FOLDER_IS: 'module' };
  await using worker = await run.worker({ env });
  run.fact('worker still runs', worker.exit === undefined);
  const wait = worker.exit === undefined ? { deadlineMs } : { deadlineMs: 2_000 };
  await run.submit('numbers.double', [2], { expect: 4, ...wait });
  run.fact('active', (await run.counts('numbers')).active ?? 0);
  run.fact('named the file of BullMQ', run.count(/from .*child-processor\.js/) > 0);
}
