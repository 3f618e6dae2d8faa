import type { Workspace } from '../../sweep/workspace.ts';
import type { ServerSource } from '../broker.ts';
import { nativePlace } from './native-place.ts';
import type { Place } from './place.ts';

/**
 * Makes the place where the servers of one broker run.
 *
 * @param ports how many it needs.
 */
export async function openPlace(
  source: ServerSource,
  ports: number,
  workspace: Workspace,
): Promise<Place> {
  if (source.how !== 'container') return nativePlace(source, ports, workspace);
  // Testcontainers takes its time to load, and only this rung needs it.
  const { containerPlace } = await import('./container-place.ts');
  return containerPlace(source.image, source.program, ports, workspace);
}
