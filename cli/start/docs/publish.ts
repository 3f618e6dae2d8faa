import type { DocsSite } from '../../../dashboard/docs/docs-site.ts';
import { buildDocs, type DocsBuild } from './build.ts';

/**
 * Builds the docs if they are not current, and serves them. Docs that cannot be built stop nothing
 * else: their page says why.
 * @throws what aborted the signal.
 */
export async function publishDocs(site: DocsSite, build: DocsBuild): Promise<void> {
  try {
    site.publish(await buildDocs(build));
  } catch (error) {
    build.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    build.report.say('docs', 'not built; the page says why, and so does: npm run build');
    site.say(`The docs could not be built:\n\n${reason}`);
  }
}
