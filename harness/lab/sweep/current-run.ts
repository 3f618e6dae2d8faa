import { AsyncLocalStorage } from 'node:async_hooks';
import type { RunFolder } from './run-folder.ts';

/** The run on whose behalf engines are being installed: what installers start is noted in its folder. */
export const currentRun = new AsyncLocalStorage<RunFolder>();
