import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { NotRun } from '../not-run.ts';
import { within } from '../deadline.ts';
import { connectDocker, engineLost } from './engine.ts';

/** The image of Wine takes two minutes on a small machine with nothing else to do. */
const buildDeadlineMs = 1_200_000;

/**
 * Builds one of our images, unless there is one of the same files and arguments.
 *
 * @param name the image's name, such as `poolproof-redis`.
 * @param folder the folder of its Dockerfile; small, since all of it is hashed.
 * @returns the image with its tag.
 * @throws NotRun when no engine answers, or the base image or a package cannot be had.
 */
export async function ourImage(
  name: string,
  folder: string,
  buildArguments: Readonly<Record<string, string>>,
  progress: (message: string) => void,
): Promise<string> {
  const client = await connectDocker();
  const { GenericContainer, ImageName } = await import('testcontainers');
  const image = `${name}:${await digest(folder, buildArguments)}`;
  try {
    if (await client.image.exists(ImageName.fromString(image))) return image;
    progress(`building the image ${name}`);
    const built = GenericContainer.fromDockerfile(folder)
      .withBuildArgs({ ...buildArguments })
      .build(image, { deleteOnExit: false });
    await within(buildDeadlineMs, `${name} was not built`, built);
  } catch (error) {
    const reason = (await engineLost()) ?? (error instanceof Error ? error.message : String(error));
    throw new NotRun(`the image ${name} could not be built: ${reason}`);
  }
  return image;
}

async function digest(
  folder: string,
  buildArguments: Readonly<Record<string, string>>,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(buildArguments));
  for (const file of (await readdir(folder)).sort()) {
    hash.update(file).update(await readFile(path.join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
