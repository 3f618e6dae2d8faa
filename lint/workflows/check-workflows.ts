/** Fails on what actionlint finds in the workflows, and on actions that are not pinned. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../catalog/project.ts';
import { workflowFaults } from './faults.ts';

const workflows = globSync('.github/workflows/*.yml', { cwd: projectRoot }).sort();
for (const file of workflows) {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  for (const fault of await workflowFaults(text, file)) {
    process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(`workflows: ${workflows.length} read\n`);
