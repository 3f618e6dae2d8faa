import path from 'node:path';
import { GenericContainer } from 'testcontainers';
import { buildOnce } from '../../cache/build-once.ts';
import { ourImage } from '../../docker/image.ts';
import { NotRun } from '../../not-run.ts';
import { claimedWindows } from './claimed-windows.ts';
import { wineEnvironment } from './environment.ts';
import type { Windows } from '../../engines/engine.ts';
import type { PreparedMachine } from './machine.ts';

/** Where the image keeps what machines are booted from. */
export const inImage = '/opt/poolproof';

/**
 * Builds the image of Wine, asks it for its versions, and takes the redirector out of it.
 *
 * @throws NotRun when no Docker engine answers or the image cannot be built.
 */
export async function prepareContainerWine(
  windows: Windows,
  progress: (message: string) => void,
): Promise<PreparedMachine> {
  const folder = path.join(import.meta.dirname, 'image');
  const image = await ourImage('poolproof-wine', folder, wineEnvironment, progress);
  const template = `${inImage}/${windows}`;
  const name = `${image.replace(':', '-')}-${windows}`;
  const build = async (folder: string) => {
    // It ends, and is removed, by itself: even a harness killed meanwhile leaves nothing.
    const started = await new GenericContainer(image)
      .withCommand(['sleep', '60'])
      .withUser(ownUser())
      .withBindMounts([{ source: folder, target: '/out' }])
      .withAutoRemove(true)
      .start();
    try {
      await started.exec(['cp', `${inImage}/redirector.exe`, '/out']);
      const wine = await started.exec(['wine', '--version'], { env: { HOME: '/tmp' } });
      const ver = await started.exec(['cat', `${template}/ver`]);
      const claims = claimedWindows(ver.output);
      if (claims === undefined) throw new NotRun(`the image ${image} has no Wine that works`);
      return { wine: wine.stdout.trim(), windows: claims };
    } finally {
      await started.stop({ timeout: 0 });
    }
  };
  const { manifest, folder: built } = await buildOnce(path.join('wine', name), build, progress);
  const redirector = path.join(built, 'redirector.exe');
  return { how: 'container', image, template, redirector, versions: manifest };
}

/** What it writes into mounted folders is to be ours. */
export function ownUser(): string {
  return `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
}
