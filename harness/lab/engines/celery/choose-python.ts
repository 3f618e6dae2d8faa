import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { NotRun } from '../../not-run.ts';
import {
  findMinor,
  findPython,
  findPythonOf,
  minorOf,
  type Python,
} from '../../runtimes/python.ts';
import { newestPythonOf } from './requirements.ts';

/** Looked for when the usual Python of the machine is none that a Celery runs on, the best first. */
const minors = ['3.11', '3.12', '3.13', '3.10', '3.14', '3.9'];

/**
 * The Python for a cell: the one that it names, or else the usual one of this machine, unless that
 * Celery is not for it.
 *
 * @param oldest the oldest minor version that this Celery can be installed on.
 * @throws NotRun with what to install, or that the two do not go together.
 */
export async function choosePython(
  { version, python }: Pick<Cell, 'version' | 'python'>,
  oldest: string,
): Promise<Python> {
  if (python !== undefined) {
    if (isNewer(oldest, python)) {
      throw new NotRun(`Celery ${version} cannot be installed on Python ${python}`);
    }
    return findPythonOf(python);
  }
  const newest = newestPythonOf(version);
  const goesWith = (minor: string) =>
    !isNewer(oldest, minor) && (newest === undefined || !isNewer(minor, newest));
  const usual = await findPython();
  if (goesWith(minorOf(usual))) return usual;
  for (const minor of minors.filter(goesWith)) {
    const found = await findMinor(minor);
    if (found !== undefined) return found;
  }
  const range = newest === undefined ? `${oldest} or newer` : `${oldest} to ${newest}`;
  throw new NotRun(
    `Celery ${version} does not run on Python ${minorOf(usual)}, the one of this machine; install another beside it (Python ${range}), or name one: POOLPROOF_PYTHON`,
  );
}

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}
