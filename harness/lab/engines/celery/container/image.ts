import path from 'node:path';
import { ourImage } from '../../../docker/image.ts';
import { NotRun } from '../../../not-run.ts';
import type { EngineImage, Installer } from '../../engine.ts';
import { pinsOf, readNativeLock } from '../native-lock.ts';

/** What Debian 12 has. */
const pythonOfImage = '3.11';

/** By what is installed in them: cells that differ in their /dev/shm share one, built and asked once. */
const images = new Map<string, Promise<EngineImage>>();

/** Celery in a Linux image of our own, on the Python of Debian, as its lock pins it. */
export const celeryImage: Installer<EngineImage> = async (cell, progress) => {
  const { version, python = pythonOfImage } = cell;
  if (python !== pythonOfImage) {
    throw new NotRun(
      `the image of Celery has Python ${pythonOfImage}, and the claim is about ${python}`,
    );
  }
  const pins = pinsOf(await readNativeLock(cell));
  const known = images.get(pins);
  if (known !== undefined) return known;
  const image = buildImage(version, pins, progress);
  images.set(pins, image);
  return image;
};

async function buildImage(
  version: string,
  REQUIREMENTS: string,
  progress: (message: string) => void,
): Promise<EngineImage> {
  const name = `poolproof-celery-${version}`;
  const folder = path.join(import.meta.dirname, '..', 'image');
  const image = await ourImage(name, folder, { REQUIREMENTS }, progress);
  const { readImageVersions } = await import('./versions.ts');
  return { image, versions: await readImageVersions(image) };
}
