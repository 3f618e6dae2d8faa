import { expect, test } from 'vitest';
import { actorFile, createFixtureProject } from '../fixtures/sound-project.ts';
import { checkProject } from './check-project.ts';

async function problemsWith(actor: string): Promise<string[]> {
  await using project = await createFixtureProject();
  await project.write(actorFile, actor);
  // The fixture's evidence is of another actor by now, which only matters where it can be run.
  return checkProject(project.root, 'darwin').map(({ message }) => message);
}

const refused = [
  expect.stringContaining(
    'without the message of the failure, got "SleepyError:" of signature "sleepy"',
  ),
];

test.each([
  ['prints its bug’s message', 'print("SleepyError: worker 1 is sleepy")\n'],
  ['puts it together', 'print("Sleepy" + "Error: " + name)\n'],
  ['writes it on two lines', 'print("sleepy"\n      "error")\n'],
])('an actor that %s is refused', async (_what, actor) => {
  expect(await problemsWith(actor)).toEqual(refused);
});

test('an actor that prints what it was told is none', async () => {
  expect(await problemsWith('print(error)\n')).toEqual([]);
});
