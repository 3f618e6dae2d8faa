/**
 * Pins the packages of Celery for this machine's platform and all others:
 *
 *     node harness/lab/engines/celery/lock.ts 5.7.0
 *
 * Writes locks/celery-5.7.0.txt, to be committed. What follows the version is installed in place of the
 * usual, as a claim's `install` names it: `lock.ts 5.7.0 celery redis`. It needs uv, which is fetched if
 * it is not there.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NotRun } from '../../not-run.ts';
import { findUv } from '../../runtimes/python-environment.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import { nativeLockFile, oldestPythonIs, type Locked } from './native-lock.ts';
import { requirementsOf } from './requirements.ts';

/** The Pythons that a Celery may not be for any more, the oldest first. */
const pythons = ['3.9', '3.10', '3.11', '3.12', '3.13'];

const say = (message: string) => void process.stderr.write(`${message}\n`);

async function lock(celery: Locked): Promise<string> {
  const uv = await findUv(say);
  if (uv === undefined) throw new NotRun('pinning takes uv; install it (pip install uv)');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-lock-'));
  const requirements = path.join(folder, 'requirements.txt');
  const wanted = { what: `Celery ${celery.version}`, from: 'PyPI', by: 'uv' };
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

const [version = '', ...install] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version)) {
  say('Expected a version of Celery, and then, if it is not the usual, what to install.');
  say('Type, say: node harness/lab/engines/celery/lock.ts 5.7.0 celery redis');
  process.exitCode = 2;
} else {
  const celery = { version, install: install.length > 0 ? install : undefined };
  await writeFile(nativeLockFile(celery), await lock(celery));
}
