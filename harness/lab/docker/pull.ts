import { NotRun } from '../not-run.ts';
import { connectDocker } from './engine.ts';

/**
 * Gets an image that others publish, unless it is there.
 *
 * @throws NotRun when no engine answers, or the image cannot be had.
 */
export async function pullImage(image: string, progress: (message: string) => void): Promise<void> {
  const client = await connectDocker();
  const { ImageName } = await import('testcontainers');
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) return;
  progress(`getting the image ${image}`);
  try {
    await client.image.pull(name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotRun(`the image ${image} cannot be had: ${reason}`);
  }
}
