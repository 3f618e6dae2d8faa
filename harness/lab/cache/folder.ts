import path from 'node:path';
import envPaths from 'env-paths';

/** Where engines and workspaces are kept: POOLPROOF_CACHE, or else the user's own cache folder. */
export function cacheFolder(): string {
  const chosen = process.env.POOLPROOF_CACHE;
  return chosen === undefined || chosen === ''
    ? envPaths('poolproof', { suffix: '' }).cache
    : path.resolve(chosen);
}
