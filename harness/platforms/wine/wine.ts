import type { Cell } from '../../../catalog/evidence/schema.ts';
import { NotRun } from '../../scenario/not-run.ts';
import type { Platform } from '../platform.ts';
import { installForWindows, type WindowsEngine } from './engine.ts';
import type { PreparedMachine, Windows } from './machine.ts';

export interface PreparedWine {
  readonly kind: 'wine';
  readonly machine: PreparedMachine;
  readonly engine: WindowsEngine;
  readonly versions: Readonly<Record<string, string>>;
}

/** Windows programs under Wine: this machine's, or else one in a container. POOLPROOF_WINE=container prefers that one. */
export const wine: Platform = {
  whyNot: ({ launch }: Cell) => {
    if (process.platform !== 'linux')
      return `wine: runs on Linux, this machine is ${process.platform}`;
    return launch === 'container' ? 'wine: there are no Windows containers' : undefined;
  },
  async prepare(cell, progress) {
    const engine = await installForWindows(cell, progress);
    const machine = await prepareMachine(engine.windows, progress);
    return { kind: 'wine', machine, engine, versions: { ...engine.versions, ...machine.versions } };
  },
};

async function prepareMachine(
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
