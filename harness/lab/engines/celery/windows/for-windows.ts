import path from 'node:path';
import { installWindowsPython, usualPython } from '../../../runtimes/windows/python.ts';
import { toWindowsPath } from '../../../runtimes/windows/windows-path.ts';
import type { Installer, WindowsEngine } from '../../engine.ts';
import { installWindowsCelery } from './install.ts';

/** Celery and a Python for Windows, the one that the cell names or the usual one. */
export const celeryForWindows: Installer<WindowsEngine> = async (cell, progress) => {
  const minor = cell.python ?? usualPython;
  const python = await installWindowsPython(minor, progress);
  const { sitePackages, versions } = await installWindowsCelery(
    { ...cell, python: minor },
    progress,
  );
  const common = {
    windows: 'windows-7',
    prints: 'into pipes',
    interpreter: path.join(python.folder, 'python.exe'),
    versions: { ...python.versions, ...versions },
  } as const;
  return cell.launch === 'venv'
    ? { ...common, env: {}, venv: { python: python.folder, sitePackages } }
    : { ...common, env: { PYTHONPATH: toWindowsPath(sitePackages) } };
};
