import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { diskFull } from '../../cache/space.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import { NotRun } from '../../not-run.ts';
import { currentWorkspace } from '../../sweep/current-workspace.ts';
import { claimedWindows } from './claimed-windows.ts';
import type { Windows } from '../../engines/engine.ts';
import type { PreparedMachine } from './machine.ts';
import { image, runScript } from './run-script.ts';

const compiler = 'x86_64-w64-mingw32-gcc';
/** What a template is made by. */
const recipe = ['make-template', 'boot', 'steady', 'windows-10.reg'];

type Progress = (message: string) => void;

/**
 * Makes a template to boot from, once for each version of Wine, and the redirector.
 *
 * @throws NotRun when Wine cannot make it, or there is no compiler.
 */
export async function prepareHostWine(
  wine: string,
  windows: Windows,
  progress: Progress,
): Promise<PreparedMachine> {
  const template = await makeTemplate(wine, windows, progress);
  return {
    how: 'host',
    template: template.folder,
    redirector: await compileRedirector(progress),
    versions: { wine, windows: template.claims },
  };
}

async function makeTemplate(
  wine: string,
  windows: Windows,
  progress: Progress,
): Promise<{ folder: string; claims: string }> {
  const base =
    windows === 'windows-7' ? undefined : await makeTemplate(wine, 'windows-7', progress);
  const name = `${wine.replaceAll(/[^\w.-]+/g, '-')}-${windows}-${await digestOf(...recipe)}`;
  const build = async (folder: string) => {
    progress(`making a Wine prefix for ${windows}`);
    const noted = await currentWorkspace.getStore()?.notePrefix(folder);
    const over = base === undefined ? [] : [base.folder, path.join(image, `${windows}.reg`)];
    await runScript('make-template', [folder, ...over], folder);
    // Wine goes on without the libraries that it could not write, of which the largest has 24 MB.
    const full = await diskFull(folder, 30);
    if (full !== undefined) throw full;
    await noted?.remove();
    const ver = await readFile(path.join(folder, 'ver'), 'utf8');
    const claims = claimedWindows(ver);
    if (claims !== undefined) return { claims };
    throw new NotRun(`Wine could not make a prefix: asked for its version, it said "${ver}"`);
  };
  const { manifest, folder } = await buildOnce(path.join('wine', name), build, progress);
  return { folder, ...manifest };
}

async function compileRedirector(progress: Progress): Promise<string> {
  const source = path.join(image, 'redirector.c');
  const build = async (folder: string) => {
    progress('compiling the redirector');
    const target = path.join(folder, 'redirector.exe');
    await runInstaller(
      {
        what: 'the redirector of virtual environments',
        by: 'MinGW-w64 (Debian: apt-get install gcc-mingw-w64-x86-64)',
      },
      compiler,
      ['-Os', '-s', '-municode', '-o', target, source],
    );
    return {};
  };
  const name = `redirector-${await digestOf('redirector.c')}`;
  const { folder } = await buildOnce(path.join('wine', name), build, progress);
  return path.join(folder, 'redirector.exe');
}

/** Of files of the image. */
async function digestOf(...files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(path.join(image, file)));
  return hash.digest('hex').slice(0, 8);
}
