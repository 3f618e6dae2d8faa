/**
 * Pins the wheels of Celery for Windows:
 *
 *     node harness/engines/windows/lock-celery.ts 5.7.0 3.11
 *
 * Writes celery-locks/celery-5.7.0-python-3.11.txt, to be committed.
 */
import { writeFile } from 'node:fs/promises';
import { NotRun } from '../../scenario/not-run.ts';
import { celeryRequirements } from '../celery/requirements.ts';
import { celeryLockFile, noneBecause } from './celery-lock.ts';
import { forWindows, runPip } from './pip.ts';

/**
 * What pip overlooks, because it reads a requirement's conditions (`sys_platform == "win32"`,
 * `python_version < "3.10"`) for the machine and the Python that it runs on.
 */
const overlooked: Readonly<Record<string, readonly string[]>> = {
  '3.9': ['tzdata', 'colorama', 'cffi', 'async-timeout', 'importlib-metadata'],
  '3.11': ['tzdata', 'colorama', 'cffi'],
  '3.13': ['tzdata', 'colorama', 'cffi'],
};

interface Report {
  readonly install: readonly {
    readonly metadata: { readonly name: string; readonly version: string };
    readonly download_info: {
      readonly archive_info: { readonly hashes: { readonly sha256: string } };
    };
  }[];
}

async function lock(version: string, python: string): Promise<string> {
  const wanted = [...celeryRequirements(version), ...(overlooked[python] ?? [])];
  const dryRun = ['install', '--quiet', '--dry-run', '--ignore-installed', '--report', '-'];
  const options = [...dryRun, '--target', 'nowhere', ...forWindows(python)];
  try {
    const { install } = JSON.parse(
      await runPip('the list of wheels', [...options, ...wanted], (message) => {
        process.stderr.write(`${message}\n`);
      }),
    ) as Report;
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
    return `${noneBecause}Celery ${version} cannot be installed on Python ${python}\n`;
  }
}

const [version = '', python = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version) || overlooked[python] === undefined) {
  process.stderr.write(
    `Expected a version of Celery and one of Python (${Object.keys(overlooked).join(', ')}), such as: 5.7.0 3.11\n`,
  );
  process.exitCode = 2;
} else {
  await writeFile(celeryLockFile(version, python), await lock(version, python));
}
