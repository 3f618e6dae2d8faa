import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const sandboxed = { PROCESSOR: 'double.cjs' };

claim('bundled-sandbox-fails', (run) => doubleTwo(run, 'bundle.cjs', sandboxed));
claim('bundled-function-works', (run) => doubleTwo(run, 'bundle.cjs'));
claim('es-bundle-fails', (run) => doubleTwo(run, 'bundle.mjs'));
claim('external-works', (run) => doubleTwo(run, 'bundle.mjs', { ...sandboxed, EXTERNAL: 'yes' }));

async function doubleTwo(
  run: Run,
  bundle: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using build = await run.actor('build.mjs', { env: { OUTFILE: bundle, ...env } });
  run.fact('built', await build.printed('built'));
  await build.ended();
  await using worker = await run.worker({ app: bundle, env });
  run.fact('worker still runs', worker.exit === undefined);
  const wait = worker.exit === undefined ? {} : { deadlineMs: 1_000 };
  await run.submit('numbers.double', [2], { expect: 4, ...wait });
}
