import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../catalog/project.ts';
import { buildOnce } from '../../harness/lab/cache/build-once.ts';
import { npm, npmOptions } from '../../harness/lab/runtimes/package-managers.ts';
import { runInstaller } from '../../harness/lab/runtimes/run-installer.ts';

/**
 * Gets what `npm ci` installs on Windows: our lock file's packages, without those for development.
 *
 * Of packages with machine code, it gets the build for WebAssembly, to which they fall back: what Rust
 * compiles for Windows calls bcryptprimitives.dll, which Wine 8 lacks.
 *
 * @returns a node_modules folder of the cache.
 * @throws NotRun with npm's last words when it fails.
 */
export async function windowsModules(progress: (message: string) => void): Promise<string> {
  const lock = await readFile(path.join(projectRoot, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 8);
  const name = path.join('windows', `poolproof-modules-${digest}`);
  const build = async (folder: string) => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      await copyFile(path.join(projectRoot, file), path.join(folder, file));
    }
    const target = ['--os=win32', '--cpu=wasm32', '--omit=dev', '--ignore-scripts'];
    const wanted = { what: 'what npm installs on Windows', ...npm };
    await runInstaller(wanted, 'npm', ['ci', ...target, ...npmOptions(folder)]);
    return {};
  };
  const { folder } = await buildOnce(name, build, progress);
  return path.join(folder, 'node_modules');
}
