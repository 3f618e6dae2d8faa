import { AsyncLocalStorage } from 'node:async_hooks';
import type { Workspace } from './workspace.ts';

/** That for which engines are being installed: what installers start is noted in it. */
export const currentWorkspace = new AsyncLocalStorage<Workspace>();
