import type { Cell } from '../../../../catalog/evidence/schema.ts';
import type { Platform } from '../platform.ts';
import type { WindowsEngine } from '../../engines/engine.ts';
import { engines } from '../../engines/engines.ts';
import type { PreparedMachine } from './machine.ts';
import { prepareMachine } from './prepare-machine.ts';

export interface PreparedWine {
  readonly kind: 'wine';
  readonly machine: PreparedMachine;
  readonly engine: WindowsEngine;
  readonly versions: Readonly<Record<string, string>>;
}

/** Windows programs under Wine: this machine's, or else one in a container. POOLPROOF_WINE=container prefers that one. */
export const wine: Platform<PreparedWine> = {
  whyNot: ({ launch }: Cell) => {
    if (process.platform !== 'linux')
      return `wine: runs on Linux, this machine is ${process.platform}`;
    return launch === 'container' ? 'wine: there are no Windows containers' : undefined;
  },
  async prepare(cell, progress) {
    // Without Wine there is no use for a hundred megabytes of Windows.
    const wanted = engines[cell.engine];
    const machine = await prepareMachine(wanted.windows, progress);
    const engine = await wanted.installForWindows(cell, progress);
    return { kind: 'wine', machine, engine, versions: { ...engine.versions, ...machine.versions } };
  },
};
