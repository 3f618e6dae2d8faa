import { GenericContainer } from 'testcontainers';
import { chooseVersions } from '../versions.ts';

/** Asks an engine's image what is installed in it. */
export async function readImageVersions(image: string): Promise<Record<string, string>> {
  // It ends, and is removed, by itself: even a harness killed meanwhile leaves nothing.
  const started = await new GenericContainer(image)
    .withEntrypoint(['sleep', '60'])
    .withAutoRemove(true)
    .start();
  try {
    const python = ['/opt/engine/bin/python'];
    const version = await started.exec([
      ...python,
      '-c',
      'import platform; print(platform.python_version())',
    ]);
    const list = await started.exec([...python, '-m', 'pip', 'list', '--format=json']);
    return { python: version.stdout.trim(), ...chooseVersions(list.stdout) };
  } finally {
    await started.stop({ timeout: 0 });
  }
}
