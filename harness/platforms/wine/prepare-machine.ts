import { NotRun } from '../../scenario/not-run.ts';
import type { PreparedMachine, Windows } from './machine.ts';

/**
 * Makes ready the Wine of this machine, or else one in a container; with POOLPROOF_WINE=container, that one.
 *
 * @throws NotRun when neither is to be had.
 */
export async function prepareMachine(
  windows: Windows,
  progress: (message: string) => void,
): Promise<PreparedMachine> {
  if (process.env.POOLPROOF_WINE !== 'container') {
    const { findWine, prepareHostWine } = await import('./host-wine.ts');
    const version = await findWine();
    if (version !== undefined) return prepareHostWine(version, windows, progress);
  }
  const { prepareContainerWine } = await import('./container-wine.ts');
  try {
    return await prepareContainerWine(windows, progress);
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    throw new NotRun(
      `there is no Wine here (Debian: apt-get install wine wine64), and none in a container: ${error.message}`,
    );
  }
}
