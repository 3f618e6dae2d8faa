/**
 * Pins the packages of Celery for this machine's platform and all others:
 *
 *     node harness/lab/engines/celery/lock.ts 5.7.0
 *
 * Writes locks/celery-5.7.0.txt, to be committed. What follows the version is installed in place of the
 * usual, as a claim's `install` names it: `lock.ts 5.7.0 celery redis`. It needs uv, which is fetched if
 * it is not there.
 */
import { writeFile } from 'node:fs/promises';
import { makeLock } from './make-lock.ts';
import { nativeLockFile } from './native-lock.ts';

const say = (message: string) => void process.stderr.write(`${message}\n`);

const [version = '', ...install] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version)) {
  say('Expected a version of Celery, and then, if it is not the usual, what to install.');
  say('Type, say: node harness/lab/engines/celery/lock.ts 5.7.0 celery redis');
  process.exitCode = 2;
} else {
  const celery = { version, install: install.length > 0 ? install : undefined };
  await writeFile(nativeLockFile(celery), await makeLock(celery, say));
}
