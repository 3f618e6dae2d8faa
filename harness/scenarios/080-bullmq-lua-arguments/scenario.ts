import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('no-name-fails', (run) => add(run, undefined));
claim('empty-deduplication-id-fails', (run) => add(run, 'double', { deduplication: { id: '' } }));
claim('empty-deduplication-id-is-explained', (run) =>
  add(run, 'double', { deduplication: { id: '' } }),
);
claim('delay-that-is-no-number-fails', (run) => add(run, 'double', { delay: null }));
claim('name-works', (run) => add(run, 'double'));
claim('deduplication-id-works', (run) => add(run, 'double', { deduplication: { id: 'user-1' } }));

/** Adds a job; without a name, as from a variable that is not set. */
async function add(run: Run, name: string | undefined, options = {}): Promise<void> {
  const env = { OPTIONS: JSON.stringify(options), ...(name !== undefined && { NAME: name }) };
  const { error = '' } = await run.submitBy('add.mjs', { env, job: 'queue.add', expect: 'added' });
  run.fact('told the reason', error === 'Deduplication id must be provided');
  run.fact('waiting', (await run.counts('numbers')).waiting ?? 0);
}
