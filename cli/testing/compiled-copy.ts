import { globSync } from 'node:fs';
import { copyFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { projectRoot } from '../../catalog/project.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';

/** What the program reads at run time, beside its own code. */
const data = [
  'bugs',
  'harness/evidence',
  'site/public',
  'site/styles',
  'cli/poolproof.mjs',
  // What the dashboard sends to browsers: its view of the board, and programs that are compiled when sent.
  'dashboard/board/view',
  'catalog/report',
  ...globSync('dashboard/*/browser', { cwd: projectRoot }),
];

/** A compiled copy of the program, for a Node that cannot run it as it is written. */
export interface CompiledCopy extends AsyncDisposable {
  readonly folder: string;
  /** The arguments of Node, from within the folder, that run the program. */
  readonly program: readonly string[];
}

/**
 * Compiles the program for Node 22, which knows neither types nor `using`, and lacks RegExp.escape and
 * AsyncDisposableStack: those come from core-js. The entry is cli/poolproof.js, because
 * cli/poolproof.mjs refuses a Node older than 24.
 */
export async function compileForNode22(): Promise<CompiledCopy> {
  const temporary = await makeTemporaryFolder('compiled');
  const { path: folder } = temporary;
  const typescript = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const tsc = path.join(path.dirname(typescript), 'bin', 'tsc');
  const project = path.join(projectRoot, 'tsconfig.compile.json');
  await execa(process.execPath, [tsc, '-p', project, '--target', 'es2022', '--outDir', folder]);
  for (const name of data) {
    await cp(path.join(projectRoot, name), path.join(folder, name), { recursive: true });
  }
  const standIns = fileURLToPath(import.meta.resolve('core-js-bundle/minified.js'));
  await copyFile(standIns, path.join(folder, 'core-js.cjs'));
  return {
    folder,
    program: [
      // One of them tells of WebAssembly, another of SQLite, on the stream that errors go to.
      '--disable-warning=ExperimentalWarning',
      '--require',
      './core-js.cjs',
      'cli/poolproof.js',
    ],
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
