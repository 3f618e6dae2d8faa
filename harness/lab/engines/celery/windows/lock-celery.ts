/**
 * Pins the wheels of Celery for Windows:
 *
 *     node harness/lab/engines/celery/windows/lock-celery.ts 5.7.0 3.11
 *
 * Writes locks/celery-5.7.0-python-3.11.txt, to be committed. What follows the versions is installed in
 * place of the usual, as a claim's `install` names it:
 *
 *     node harness/lab/engines/celery/windows/lock-celery.ts 5.7.0 3.11 celery redis
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NotRun } from '../../../not-run.ts';
import { requirementsOf } from '../requirements.ts';
import { celeryLockFile, noneBecause, type CeleryForWindows } from './celery-lock.ts';
import { forWindows, runBesidePip, runPip } from '../../../runtimes/windows/pip.ts';
import { windowsPythonVersion } from '../../../runtimes/windows/python.ts';

interface Report {
  readonly install: readonly {
    readonly metadata: { readonly name: string; readonly version: string };
    readonly download_info: {
      readonly archive_info: { readonly hashes: { readonly sha256: string } };
    };
  }[];
}

async function lock(celery: CeleryForWindows): Promise<string> {
  try {
    const { install } = await resolve(requirementsOf(celery), celery.python);
    return install
      .map(
        ({ metadata, download_info: { archive_info } }) =>
          `${metadata.name}==${metadata.version} --hash=sha256:${archive_info.hashes.sha256}\n`,
      )
      .sort()
      .join('');
  } catch (error) {
    if (!(error instanceof NotRun) || !error.message.includes('No matching distribution'))
      throw error;
    return `${noneBecause}Celery ${celery.version} cannot be installed on Python ${celery.python}\n`;
  }
}

/** Resolves as pip does, and again with what it has overlooked, until nothing is. */
async function resolve(requirements: readonly string[], python: string): Promise<Report> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-lock-'));
  const file = path.join(folder, 'report.json');
  const dryRun = ['install', '--quiet', '--dry-run', '--ignore-installed', '--report', file];
  const options = [...dryRun, '--target', 'nowhere', ...forWindows(python)];
  const program = path.join(import.meta.dirname, 'overlooked.py');
  try {
    for (let wanted = requirements; ;) {
      await runPip('the list of wheels', [...options, ...wanted], say);
      const asking = [program, file, windowsPythonVersion(python)];
      const overlooked = JSON.parse(
        await runBesidePip('what pip overlooks', asking, say),
      ) as string[];
      if (overlooked.length === 0) return JSON.parse(await readFile(file, 'utf8')) as Report;
      wanted = [...wanted, ...overlooked];
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const say = (message: string) => void process.stderr.write(`${message}\n`);

const [version = '', python = '', ...requirements] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version) || !/^3\.\d+$/.test(python)) {
  process.stderr.write(
    'Expected a version of Celery, a minor version of Python, and then, if it is not the usual, what to install, such as: 5.7.0 3.11 celery redis\n',
  );
  process.exitCode = 2;
} else {
  const install = requirements.length > 0 ? requirements : undefined;
  const celery = { version, python, install };
  await writeFile(celeryLockFile(celery), await lock(celery));
}
