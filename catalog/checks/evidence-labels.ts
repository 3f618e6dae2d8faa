import path from 'node:path';
import { wrongLabels } from '../evidence/labels.ts';
import { evidenceFile } from '../evidence/read.ts';
import type { Check } from './project.ts';

/** Evidence is of the engine, the Python and the platform that its name says. */
export const evidenceLabels: Check = ({ root, evidence }) =>
  evidence.flatMap((recorded) => {
    const file = path.relative('', evidenceFile(recorded, root));
    return wrongLabels(recorded).map((wrong) => ({ file, message: `${wrong}. Delete the file.` }));
  });
