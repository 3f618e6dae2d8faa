import path from 'node:path';
import { bisectionFile } from '../evidence/bisection.ts';
import { findMachineTraces } from '../evidence/machine-traces.ts';
import { evidenceFile } from '../evidence/read.ts';
import type { Check } from './project.ts';

/** What was recorded reads the same whichever machine recorded it. */
export const noMachineTraces: Check = ({ root, evidence, bisections }) => {
  const recorded = [
    ...evidence.map((one) => ({ one, name: evidenceFile(one, root) })),
    ...bisections.map((one) => ({ one, name: bisectionFile(one, root) })),
  ];
  return recorded.flatMap(({ one, name }) => {
    const file = path.relative('', name);
    return findMachineTraces(one).map(({ at, text, placeholder }) => ({
      file,
      message: `${at}: expected ${placeholder}, got "${text}", which is of one machine alone. Record it again.`,
    }));
  });
};
