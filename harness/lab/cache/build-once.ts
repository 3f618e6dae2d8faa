import { mkdir, readFile, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { NotRun, whatWasMissing } from '../not-run.ts';
import { writeWhole } from '../write-whole.ts';
import { cacheFolder } from './folder.ts';
import { isAsSealed, sealOf, sealSchema } from './seal.ts';

export interface Built<Manifest> {
  readonly folder: string;
  readonly manifest: Manifest;
}

type Progress = (message: string) => void;

const sealedSchema = z.looseObject({ seal: sealSchema });

/**
 * Returns a folder of the cache, building it if it is not there as it was built. The manifest that
 * `build` returns is written last, with a seal over the folder, so an interrupted build never counts
 * and a folder that was changed since is built anew; two runs never build the same folder.
 *
 * @param name the folder below the cache, such as `celery/5.6.1-abc`: everything the content depends on.
 * @throws NotRun when the disk is full, and what `build` throws; nothing of it stays in the cache.
 */
export async function buildOnce<Manifest extends object>(
  name: string,
  build: (folder: string) => Promise<Manifest>,
  progress: Progress,
): Promise<Built<Manifest>> {
  const folder = path.join(cacheFolder(), name);
  const found = await look<Manifest>(folder);
  if (found.state === 'whole') {
    await noteUse(folder);
    return { folder, manifest: found.manifest };
  }
  try {
    return await underLock(folder, progress, (hold) =>
      buildUnlessBuilt(folder, build, hold, progress),
    );
  } catch (error) {
    throw whatWasMissing(error) ?? error;
  }
}

async function buildUnlessBuilt<Manifest extends object>(
  folder: string,
  build: (folder: string) => Promise<Manifest>,
  hold: Hold,
  progress: Progress,
): Promise<Built<Manifest>> {
  const found = await look<Manifest>(folder);
  if (found.state === 'whole') return { folder, manifest: found.manifest };
  const changed = `${folder} is not as it was built`;
  if (found.state === 'changed') progress(`${changed}: building it anew`);
  try {
    await remove(folder);
    await mkdir(folder, { recursive: true });
    const manifest = await build(folder);
    hold.refuseWhenLost();
    await writeManifest(folder, manifest);
    return { folder, manifest };
  } catch (error) {
    hold.refuseWhenLost();
    await remove(folder);
    if (found.state !== 'changed' || !(error instanceof NotRun)) throw error;
    throw new NotRun(`${changed}, so it was removed; ${error.message}`);
  }
}

/** Seals a folder: from now on it counts as built. */
export async function writeManifest(folder: string, manifest: object): Promise<void> {
  const text = JSON.stringify({ ...manifest, seal: sealOf(folder) }, null, 2);
  await writeWhole(manifestOf(folder), text);
}

type Found<Manifest> =
  | { readonly state: 'missing' | 'changed' }
  | { readonly state: 'whole'; readonly manifest: Manifest };

async function look<Manifest>(folder: string): Promise<Found<Manifest>> {
  const text = await readFile(manifestOf(folder), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { state: 'missing' };
  const sealed = sealedSchema.safeParse(parseJson(text));
  if (!sealed.success || !isAsSealed(folder, sealed.data.seal)) return { state: 'changed' };
  const manifest = Object.entries(sealed.data).filter(([key]) => key !== 'seal');
  return { state: 'whole', manifest: Object.fromEntries(manifest) as Manifest };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half of a manifest is as good as none.
    return undefined;
  }
}

/** The time of the manifest is when its folder was last used: see contents.ts. A cache may be read-only. */
async function noteUse(folder: string): Promise<void> {
  const now = new Date();
  await utimes(manifestOf(folder), now, now).catch(() => undefined);
}

function manifestOf(folder: string): string {
  return `${folder}.json`;
}

/** The manifest first: a folder that goes while it is removed must not count as built. */
async function remove(folder: string): Promise<void> {
  for (const one of [manifestOf(folder), `${manifestOf(folder)}.draft`, folder]) {
    await rm(one, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Hold {
  /** @throws NotRun when the machine slept for so long that another run took the folder over. */
  refuseWhenLost(): void;
}

/** Waits for a run that is building the same folder; of one that was killed the lock goes stale within 10 s. */
async function underLock<Result>(
  folder: string,
  progress: Progress,
  work: (hold: Hold) => Promise<Result>,
): Promise<Result> {
  await mkdir(path.dirname(folder), { recursive: true });
  const hold = { isLost: false };
  let waits = false;
  const onCompromised = () => {
    hold.isLost = true;
  };
  const release = await pWaitFor(
    async () => {
      try {
        // Not by its own retries: those go on for ever on a disk that is full.
        const release = await lock(folder, { realpath: false, onCompromised });
        return pWaitFor.resolveWith(release);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
        if (!waits) progress(`waiting for another run that builds ${folder}`);
        waits = true;
        return false;
      }
    },
    { interval: 200 },
  );
  try {
    return await work({
      refuseWhenLost() {
        if (hold.isLost)
          throw new NotRun(`another run has taken ${folder} over; type the command again`);
      },
    });
  } finally {
    if (!hold.isLost) await release();
  }
}
