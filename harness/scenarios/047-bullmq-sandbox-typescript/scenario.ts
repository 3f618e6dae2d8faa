import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const tsx = ['--import', 'tsx'];

claim('typescript-fails-on-node-20', (run) => doubleTwo(run, { PROCESSOR: 'types.ts' }));
claim('plain-types-work', (run) => doubleTwo(run, { PROCESSOR: 'types.ts' }));
claim('enum-fails', (run) => doubleTwo(run, { PROCESSOR: 'enum.ts' }));
claim('mts-is-not-found', (run) => doubleTwo(run, { PROCESSOR: 'types.mts' }));
claim('tsx-works', (run) => doubleTwo(run, { PROCESSOR: 'enum.ts', FLAGS: tsx.join(' ') }));
claim('tsx-of-the-worker-works', (run) => doubleTwo(run, { PROCESSOR: 'enum.ts' }, tsx));
claim('tsx-does-not-reach-threads', (run) => doubleTwo(run, { PROCESSOR: 'enum.ts' }, tsx));
claim('tsx-works-in-threads', (run) => doubleTwo(run, { PROCESSOR: 'enum.ts' }, tsx));
claim('compiled-works', (run) => doubleTwo(run, { PROCESSOR: 'compiled.js' }));

async function doubleTwo(
  run: Run,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<void> {
  await using worker = await run.worker({ env, flags });
  const hopeless = worker.exit === undefined ? {} : { deadlineMs: 2_000 };
  await run.submit('numbers.double', [2], { expect: 4, ...hopeless });
}
