import path from 'node:path';
import { findMachineTraces } from '../evidence/machine-traces.ts';
import { evidenceFile } from '../evidence/read.ts';
import type { Check } from './project.ts';

/** Evidence reads the same whichever machine recorded it. */
export const noMachineTraces: Check = ({ root, evidence }) =>
  evidence.flatMap((recorded) => {
    const file = path.relative('', evidenceFile(recorded, root));
    return findMachineTraces(recorded).map(({ at, text, placeholder }) => ({
      file,
      message: `${at}: expected ${placeholder}, got "${text}", which is of one machine alone. Record it again.`,
    }));
  });
