import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { buildOnce } from '../../cache/build-once.ts';
import { findNode } from '../../runtimes/node.ts';
import { npm, npmOptions } from '../../runtimes/package-managers.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import type { InstalledEngine } from '../engine.ts';

/** What a cell says of BullMQ and what it stands on. */
export type BullmqCell = Pick<Cell, 'version' | 'install' | 'node' | 'ioredis'>;

const shown = ['bullmq', 'ioredis', 'pg'];

/** BullMQ from npm, on the Node of the cell. */
export async function installBullmq(
  cell: BullmqCell,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  const node = await findNode(cell.node, progress);
  const { modules, versions } = await installModules(cell, progress);
  return {
    interpreter: node.interpreter,
    env: {},
    modules,
    versions: { node: node.version, ...versions },
  };
}

interface Modules {
  /** A node_modules folder. */
  readonly modules: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * What npm is told. A cell that names BullMQ among what is installed gets just that; what another names
 * comes beside the usual.
 */
export function packagesOf({ version, install = [], ioredis }: BullmqCell): string[] {
  const engine = `bullmq@${version}`;
  if (install.includes('bullmq')) return install.map((name) => (name === 'bullmq' ? engine : name));
  // From 6 on its Redis and PostgreSQL clients are peers.
  const peers = Number.parseInt(version, 10) >= 6 ? [`ioredis@${ioredis ?? '6'}`, 'pg@8'] : [];
  return [engine, ...peers, ...install];
}

/** An override reaches also the ioredis that BullMQ before 6 brings along. */
function describe({ ioredis }: BullmqCell): string {
  const overrides = ioredis === undefined ? {} : { overrides: { ioredis } };
  return JSON.stringify({ private: true, type: 'module', ...overrides });
}

/** The folder of the cache in which the BullMQ of a cell is, by all that npm is told. */
export function installedAs(cell: BullmqCell): string {
  const digest = createHash('sha256')
    .update(`${describe(cell)} ${packagesOf(cell).join(' ')}`)
    .digest('hex');
  const name = `bullmq-${cell.version}-${process.platform}-${process.arch}-${digest.slice(0, 8)}`;
  return path.join('engines', name);
}

/** BullMQ and what is installed beside it. */
export async function installModules(
  cell: BullmqCell,
  progress: (message: string) => void,
): Promise<Modules> {
  const { version, install = [] } = cell;
  const wanted = packagesOf(cell);
  const described = describe(cell);
  const build = async (folder: string) => {
    progress(`installing ${[`BullMQ ${version}`, ...install].join(', ')} from npm`);
    await writeFile(path.join(folder, 'package.json'), `${described}\n`);
    const args = ['install', ...npmOptions(folder), ...wanted];
    await runInstaller({ what: `BullMQ ${version}`, ...npm }, 'npm', args);
    return chooseVersions(folder, [...shown, ...install.map(nameOf)]);
  };
  const { folder, manifest } = await buildOnce(installedAs(cell), build, progress);
  return { modules: path.join(folder, 'node_modules'), versions: manifest };
}

/** `typescript` of `typescript@5`, `@types/node` of itself. */
function nameOf(installed: string): string {
  return /^(@?[^@]+)/.exec(installed)?.[1] ?? installed;
}

async function chooseVersions(
  folder: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const file = path.join(folder, 'package-lock.json');
  const { packages } = JSON.parse(await readFile(file, 'utf8')) as {
    packages: Record<string, { version: string } | undefined>;
  };
  return Object.fromEntries(
    names.flatMap((name) => {
      const version = packages[`node_modules/${name}`]?.version;
      return version === undefined ? [] : [[name, version]];
    }),
  );
}
