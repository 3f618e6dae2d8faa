import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toWindowsPath } from '../../runtimes/windows/windows-path.ts';

/**
 * Lays out a virtual environment as Python does on Windows, with our redirector as its python.exe.
 *
 * @returns its python.exe.
 */
export async function layOutVenv(
  folder: string,
  parts: { readonly python: string; readonly sitePackages: string; readonly redirector: string },
): Promise<string> {
  const interpreter = path.join(folder, 'Scripts', 'python.exe');
  await mkdir(folder);
  await mkdir(path.join(folder, 'Scripts'));
  await mkdir(path.join(folder, 'Lib'));
  await symlink(parts.sitePackages, path.join(folder, 'Lib', 'site-packages'));
  await copyFile(parts.redirector, interpreter);
  const configuration = `home = ${toWindowsPath(parts.python)}\r\ninclude-system-site-packages = false\r\n`;
  await writeFile(path.join(folder, 'pyvenv.cfg'), configuration);
  return interpreter;
}
