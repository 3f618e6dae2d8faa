import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { buildOnce } from '../../cache/build-once.ts';
import { runInstaller } from '../../engines/run-installer.ts';
import { requireProgram } from '../../engines/windows/require-program.ts';
import { NotRun } from '../../scenario/not-run.ts';
import { claimedWindows } from './claimed-windows.ts';
import { wineEnvironment } from './environment.ts';
import type { PreparedMachine, Windows } from './machine.ts';

const image = path.join(import.meta.dirname, 'image');
const compiler = 'x86_64-w64-mingw32-gcc';

type Progress = (message: string) => void;

/** The version of the Wine of this machine, undefined when there is none. */
export async function findWine(): Promise<string | undefined> {
  const { stdout, failed } = await execa('wine', ['--version'], { reject: false, stdin: 'ignore' });
  return failed ? undefined : stdout.trim();
}

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
  const { folder, ver } = await makeTemplate(wine, windows, progress);
  return {
    how: 'host',
    template: folder,
    redirector: await compileRedirector(progress),
    versions: { wine, windows: claimedWindows(ver) },
  };
}

async function makeTemplate(
  wine: string,
  windows: Windows,
  progress: Progress,
): Promise<{ folder: string; ver: string }> {
  const base =
    windows === 'windows-7' ? undefined : await makeTemplate(wine, 'windows-7', progress);
  const name = `${wine.replaceAll(/[^\w.-]+/g, '-')}-${windows}`;
  const { manifest, folder } = await buildOnce(path.join('wine', name), async (folder) => {
    progress(`making a Wine prefix for ${windows}`);
    const over = base === undefined ? [] : [base.folder, path.join(image, `${windows}.reg`)];
    await runScript('make-template', [folder, ...over]);
    return { ver: await readFile(path.join(folder, 'ver'), 'utf8') };
  });
  return { folder, ...manifest };
}

/**
 * Runs a script of the image on this machine.
 *
 * @throws NotRun with its last words when it fails.
 */
export async function runScript(script: string, args: readonly string[]): Promise<void> {
  const { failed, stderr } = await execa('sh', [path.join(image, script), ...args], {
    env: wineEnvironment,
    reject: false,
    stdin: 'ignore',
  });
  if (failed) throw new NotRun(`Wine's ${script} failed: ${stderr.trim() || 'it gave no reason'}`);
}

async function compileRedirector(progress: Progress): Promise<string> {
  const source = path.join(image, 'redirector.c');
  const digest = createHash('sha256').update(await readFile(source));
  const name = `redirector-${digest.digest('hex').slice(0, 8)}`;
  const { folder } = await buildOnce(path.join('wine', name), async (folder) => {
    progress('compiling the redirector');
    const what = 'the redirector of virtual environments';
    await requireProgram(
      compiler,
      what,
      'MinGW-w64 (Debian: apt-get install gcc-mingw-w64-x86-64)',
    );
    const target = path.join(folder, 'redirector.exe');
    await runInstaller(what, compiler, ['-Os', '-s', '-municode', '-o', target, source]);
    return {};
  });
  return path.join(folder, 'redirector.exe');
}
