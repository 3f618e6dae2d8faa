import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { readFile, writeFile } from 'node:fs/promises';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import type { InstalledEngine } from '../engine.ts';
import { npm, npmOptions } from '../../runtimes/package-managers.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';

const shown = ['bullmq', 'ioredis', 'pg'];

/** BullMQ from npm, run by the Node that runs the harness. From 6 on its Redis and PostgreSQL clients are peers. */
export async function installBullmq(
  { version }: Cell,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  const peers = Number.parseInt(version, 10) >= 6 ? ['ioredis@6', 'pg@8'] : [];
  const name = `bullmq-${version}-${process.platform}-${process.arch}`;
  const build = async (folder: string) => {
    progress(`installing BullMQ ${version} from npm`);
    await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    const args = ['install', ...npmOptions(folder), `bullmq@${version}`, ...peers];
    await runInstaller({ what: `BullMQ ${version}`, ...npm }, 'npm', args);
    return chooseVersions(folder);
  };
  const { folder, manifest } = await buildOnce(path.join('engines', name), build, progress);
  return {
    interpreter: process.execPath,
    env: {},
    modules: path.join(folder, 'node_modules'),
    versions: { node: process.versions.node, ...manifest },
  };
}

async function chooseVersions(folder: string): Promise<Record<string, string>> {
  const file = path.join(folder, 'package-lock.json');
  const { packages } = JSON.parse(await readFile(file, 'utf8')) as {
    packages: Record<string, { version: string } | undefined>;
  };
  return Object.fromEntries(
    shown.flatMap((name) => {
      const version = packages[`node_modules/${name}`]?.version;
      return version === undefined ? [] : [[name, version]];
    }),
  );
}
