import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../../../../catalog/testing/temporary-folder.ts';

/** A machine that has these Pythons and no other; what each says of itself, by its name. */
async function machineWith(pythons: Readonly<Record<string, string>>) {
  const folder = await makeTemporaryFolder('pythons');
  for (const [name, version] of Object.entries(pythons)) {
    const file = path.join(folder.path, name);
    const told = JSON.stringify({ version, executable: file });
    await writeFile(file, `#!/bin/sh\necho '${told}'\n`);
    await chmod(file, 0o755);
  }
  vi.stubEnv('PATH', folder.path);
  vi.stubEnv('PYENV_ROOT', folder.path);
  vi.stubEnv('POOLPROOF_PYTHON', '');
  vi.resetModules();
  const { choosePython } = await import('./choose-python.ts');
  return { choosePython, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe.skipIf(process.platform === 'win32')('the Python of a cell', () => {
  test('is the usual one where the cell names none', async () => {
    await using machine = await machineWith({ python3: '3.12.1' });
    expect(await machine.choosePython({ version: '5.2.7' }, '3.9')).toMatchObject({
      version: '3.12.1',
    });
  });

  test('is the one that the cell names, not the usual one', async () => {
    await using machine = await machineWith({ python3: '3.11.7', 'python3.9': '3.9.18' });
    const named = { version: '5.6.1', python: '3.9' };
    expect(await machine.choosePython(named, '3.9')).toMatchObject({ version: '3.9.18' });
  });

  test('is no other where the one that the cell names is missing', async () => {
    await using machine = await machineWith({ python3: '3.11.7', 'python3.9': '3.11.7' });
    const named = { version: '5.6.1', python: '3.9' };
    await expect(machine.choosePython(named, '3.9')).rejects.toThrow('no Python 3.9 with the venv');
  });

  test('is not one that begins with the same digits', async () => {
    await using machine = await machineWith({ python3: '3.10.2' });
    const named = { version: '5.6.1', python: '3.1' };
    await expect(machine.choosePython(named, '3.0')).rejects.toThrow('no Python 3.1 ');
  });

  test('is another where the usual one is too new for that Celery', async () => {
    await using machine = await machineWith({ python3: '3.13.0', 'python3.12': '3.12.1' });
    const old = { version: '5.2.7' };
    expect(await machine.choosePython(old, '3.9')).toMatchObject({ version: '3.12.1' });
  });

  test('is missing where there is only one that is too new or too old', async () => {
    await using machine = await machineWith({ python3: '3.13.0' });
    await expect(machine.choosePython({ version: '5.2.7' }, '3.9')).rejects.toThrow(
      'Celery 5.2.7 does not run on Python 3.13, the one of this machine; install another beside it (Python 3.9 to 3.12)',
    );
    const tooOld = { version: '5.7.0', python: '3.9' };
    await expect(machine.choosePython(tooOld, '3.10')).rejects.toThrow('cannot be installed');
  });
});
