import type { Cell } from '../../../catalog/evidence/schema.ts';
import type { Workspace } from '../sweep/workspace.ts';
import { container, openContainerHost } from './container/container.ts';
import { native, openNativeHost } from './native.ts';
import type { Host, Platform } from './platform.ts';
import type { Prepared } from './prepared.ts';
import { openWineHost } from './wine/host.ts';
import { wine } from './wine/wine.ts';

/** The platform on which a cell is run. */
export function platformOf(cell: Cell): Platform<Prepared> {
  if (cell.platform === 'wine') return wine;
  return cell.launch === 'container' ? container : native;
}

/**
 * Opens what a platform has prepared, for one run.
 *
 * @param actors the scenario's folder of actors, of which the run gets copies.
 */
export function openHost(prepared: Prepared, workspace: Workspace, actors: string): Promise<Host> {
  switch (prepared.kind) {
    case 'native':
      return openNativeHost(prepared, workspace, actors);
    case 'container':
      return openContainerHost(prepared, workspace, actors);
    case 'wine':
      return openWineHost(prepared, workspace, actors);
  }
}
