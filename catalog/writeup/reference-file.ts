import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../project.ts';
import { renderReference } from './reference.ts';

export const referenceFile = path.join(projectRoot, 'docs', 'frontmatter.md');

/** The reference as it is committed. */
export async function formatReference(): Promise<string> {
  const config = await resolveConfig(referenceFile);
  return format(renderReference(), { ...config, filepath: referenceFile });
}
