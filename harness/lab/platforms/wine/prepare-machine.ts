import { DiskFull, NotRun } from '../../not-run.ts';
import type { Windows } from '../../engines/engine.ts';
import type { PreparedMachine } from './machine.ts';

type Progress = (message: string) => void;

/**
 * Makes ready the Wine of this machine, or else one in a container; with POOLPROOF_WINE=container, that one.
 *
 * @throws NotRun when neither is to be had.
 */
export async function prepareMachine(
  windows: Windows,
  progress: Progress,
): Promise<PreparedMachine> {
  const here =
    process.env.POOLPROOF_WINE === 'container'
      ? new NotRun('POOLPROOF_WINE=container')
      : await onThisMachine(windows, progress);
  if (!(here instanceof NotRun)) return here;
  progress(`trying Wine in a container (${here.message})`);
  const { prepareContainerWine } = await import('./container-wine.ts');
  try {
    return await prepareContainerWine(windows, progress);
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    throw new NotRun(`no Wine: ${here.message}; and none in a container: ${error.message}`);
  }
}

async function onThisMachine(
  windows: Windows,
  progress: Progress,
): Promise<PreparedMachine | NotRun> {
  const { findWine } = await import('./find-wine.ts');
  const found = await findWine();
  if ('whyNot' in found) return new NotRun(found.whyNot);
  const { prepareHostWine } = await import('./host-wine.ts');
  try {
    return await prepareHostWine(found.version, windows, progress);
  } catch (error) {
    // On a full disk a container fares no better.
    if (error instanceof NotRun && !(error instanceof DiskFull)) return error;
    throw error;
  }
}
