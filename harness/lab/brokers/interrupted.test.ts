import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { whyNoSignals } from '../../../worker/testing/signals.ts';
import { connectDocker } from '../docker/engine.ts';
import { runLabel } from '../sweep/containers.ts';
import { family } from '../sweep/kill-tree.ts';
import { processTable } from '../sweep/process-table.ts';
import { Workspace } from '../sweep/workspace.ts';
import { workspaceOfTest } from '../testing/test-workspace.ts';
import { redisSources } from '../testing/redis-sources.ts';

const holder = path.join(import.meta.dirname, 'fixtures', 'broker-holder.ts');

test.for([
  ['native', 'single', 'SIGINT'],
  ['native', 'sentinel', 'SIGTERM'],
  ['container', 'single', 'SIGINT'],
  ['container', 'replica', 'SIGTERM'],
] as const)(
  'a %s broker (%s) goes with %s, whatever its fault',
  async ([rung, topology, signal], { skip }) => {
    if (whyNoSignals !== undefined) skip(whyNoSignals);
    const source = redisSources[rung];
    if (typeof source === 'string') return skip(source);
    await using _own = await workspaceOfTest();
    const program = execa(process.execPath, [holder, rung, topology], {
      env: { POOLPROOF_CACHE: process.env.POOLPROOF_CACHE },
      reject: false,
    });
    try {
      const [line] = (await once(createInterface(program.stdout), 'line')) as [string];
      const workspace = new Workspace(line.replace('up ', ''));
      const noted = workspace.processes();
      const before = family(await processTable(), noted);
      expect(before.length + (await containersOf(rung, workspace))).toBeGreaterThan(0);
      program.kill(signal);
      const { exitCode } = await program;
      expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
      expect(family(await processTable(), noted)).toEqual([]);
      expect(await containersOf(rung, workspace)).toBe(0);
      expect(existsSync(workspace.folder)).toBe(false);
    } finally {
      program.kill('SIGKILL');
    }
  },
);

async function containersOf(rung: string, workspace: Workspace): Promise<number> {
  if (rung !== 'container') return 0;
  const { dockerode } = (await connectDocker()).container;
  const filters = { label: [`${runLabel}=${workspace.id}`] };
  return (await dockerode.listContainers({ all: true, filters })).length;
}
