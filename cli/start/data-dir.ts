import path from 'node:path';

/** Where `poolproof start` keeps its data: POOLPROOF_DATA, or .poolproof in the working folder. */
export function dataDir(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.POOLPROOF_DATA ?? '';
  return path.resolve(chosen === '' ? '.poolproof' : chosen);
}
