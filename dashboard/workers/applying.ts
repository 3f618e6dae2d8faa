import { z } from 'zod';
import { pagePath } from '../../catalog/page.ts';
import { verdictForWorker } from '../../catalog/verdict/for-worker.ts';
import { readResults, type ClaimResult } from '../../catalog/verdict/results.ts';
import { platforms, type Writeup } from '../../catalog/writeup/schema.ts';

/** Of which worker the bugs are asked for, as its record has it. */
export const kindSchema = z.object({
  platform: z.string().max(40),
  pool: z.enum(['solo', 'prefork', 'threads']),
  version: z.string().max(40).optional(),
});
type Kind = z.output<typeof kindSchema>;

/** What `/ops/api/workers/bugs` answers. */
export const applyingSchema = z.array(
  z.object({ bug: z.string(), title: z.string(), words: z.string(), page: z.string() }),
);
type Applying = z.output<typeof applyingSchema>;

/**
 * The documented bugs that apply to a worker: a run on its platform, with its pool and version, showed
 * them. What was not run there is left out, for nothing is known of it.
 */
export function createApplying(writeups: readonly Writeup[]): (kind: Kind) => Promise<Applying> {
  const known = new Map<string, Promise<Applying>>();
  const ours = writeups.filter(({ engine }) => engine === 'bullmq');
  const results = new Map<Writeup, ClaimResult[]>();
  const find = async ({ platform, pool, version }: Kind) => {
    const found: Applying = [];
    const here = platforms.find((one) => one === platform);
    // Nothing was run on a platform that write-ups do not know.
    if (!here || version === undefined) return found;
    const worker = { platform: here, pool, versions: [{ package: 'bullmq', version }] };
    for (const writeup of ours) {
      // Evidence is read and compared with the sources: others are served in between.
      await new Promise((resolve) => setImmediate(resolve));
      const all = results.get(writeup) ?? readResults(writeup);
      results.set(writeup, all);
      const { status, words } = verdictForWorker(writeup, all, worker);
      if (status !== 'shown') continue;
      found.push({ bug: writeup.id, title: writeup.title, words, page: pagePath(writeup.slug) });
    }
    return found;
  };
  return (kind) => {
    const name = JSON.stringify(kind);
    const finding = known.get(name) ?? find(kind);
    // Names come from requests: what is kept is bounded.
    if (known.size < 100) known.set(name, finding);
    return finding;
  };
}
