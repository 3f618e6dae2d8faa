import { NotRun } from '../../not-run.ts';
import type { Engine } from '../engine.ts';
import { installBullmq } from './install.ts';
import { bullmqForWindows } from './for-windows.ts';

export const bullmq: Engine = {
  install: installBullmq,
  // Node 22 is for Windows 10 and newer.
  windows: 'windows-10',
  installForWindows: bullmqForWindows,
  image: () => Promise.reject(new NotRun('there is no container image of bullmq yet')),
};
