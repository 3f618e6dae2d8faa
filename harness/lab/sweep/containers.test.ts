import path from 'node:path';
import { expect, test } from 'vitest';
import { containerPlace } from '../brokers/places/container-place.ts';
import { connectDocker } from '../docker/engine.ts';
import { ourImage } from '../docker/image.ts';
import { NotRun } from '../not-run.ts';
import { runLabel } from './containers.ts';
import { Workspace } from './workspace.ts';
import { sweepWorkspace } from './sweep.ts';

const redis = path.join(import.meta.dirname, '..', 'brokers', 'redis', 'image');
const image = await ourImage('poolproof-redis', redis, {}, () => undefined).catch(
  (error: unknown) => {
    if (error instanceof NotRun) return error;
    throw error;
  },
);

async function containersOf(workspace: Workspace): Promise<number> {
  const { dockerode } = (await connectDocker()).container;
  const filters = { label: [`${runLabel}=${workspace.id}`] };
  return (await dockerode.listContainers({ all: true, filters })).length;
}

test('a sweep removes the containers of its run and of no other', async ({ skip }) => {
  if (image instanceof NotRun) return skip(image.message);
  const [workspace, other] = [await Workspace.create(), await Workspace.create()];
  // Not disposed of: removing them is what is tested, and the end of the test removes both.
  for (const one of [workspace, other]) await containerPlace(image, 'redis-server', 1, one);
  expect([await containersOf(workspace), await containersOf(other)]).toEqual([1, 1]);

  await sweepWorkspace(workspace);
  expect([await containersOf(workspace), await containersOf(other)]).toEqual([0, 1]);
  await sweepWorkspace(other);
  expect(await containersOf(other)).toBe(0);
});
