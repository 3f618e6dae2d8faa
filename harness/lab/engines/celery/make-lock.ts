import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NotRun } from '../../not-run.ts';
import { findUv, uvEnvironment } from '../../runtimes/python-environment.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import { oldestPythonIs, type Locked } from './native-lock.ts';
import { requirementsOf } from './requirements.ts';

/** The Pythons that a Celery may not be for any more, the oldest first. */
const pythons = ['3.9', '3.10', '3.11', '3.12', '3.13'];

/**
 * Pins the packages of a Celery, for this machine's platform and all others.
 *
 * @returns the text of a lock.
 * @throws NotRun when uv or PyPI cannot be had, and when no Python will do.
 */
export async function makeLock(
  celery: Locked,
  progress: (message: string) => void,
): Promise<string> {
  const uv = await findUv(progress);
  if (uv === undefined) throw new NotRun('pinning takes uv; install it (pip install uv)');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-lock-'));
  const requirements = path.join(folder, 'requirements.txt');
  const env = await uvEnvironment();
  const wanted = { what: `Celery ${celery.version}`, from: 'PyPI', by: 'uv', env };
  try {
    await writeFile(requirements, requirementsOf(celery).join('\n'));
    for (const python of pythons) {
      const args = ['pip', 'compile', '--quiet', '--universal', '--generate-hashes'];
      const plain = ['--no-header', '--no-annotate', '--python-version', python];
      try {
        const pinned = await runInstaller(wanted, uv, [...args, ...plain, requirements]);
        return `${oldestPythonIs}${python}\n${pinned.trimEnd()}\n`;
      } catch (error) {
        // It is not for so old a Python.
        if (!(error instanceof NotRun) || python === pythons.at(-1)) throw error;
      }
    }
    throw new Error('unreachable: the last Python throws');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
