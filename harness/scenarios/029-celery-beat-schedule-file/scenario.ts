import { NotRun } from '../../lab/not-run.ts';
import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const sends = 'Sending due task tick';
const replaced = 'Removing corrupted schedule file';
type Library = 'dbm.dumb' | 'dbm.gnu';

claim('emptied-file-ends-beat', async (run) => {
  await damage(run, 'schedule.dat', 'empty');
  await look(run);
  run.fact('ends each time', !(await look(run)));
});
claim('deleted-file-works', async (run) => {
  await damage(run, 'schedule.dat', 'empty');
  await damage(run, 'schedule*', 'delete');
  await look(run);
});
claim('garbled-index-is-replaced', async (run) => {
  await damage(run, 'schedule.dir', 'garble');
  await look(run);
  run.fact('file replaced', run.count(replaced) > 0);
});
claim('second-beat-takes-the-file', async (run) => {
  const { gdbm } = await run.factsFrom(await run.actor('has_gdbm.py'));
  if (gdbm !== true) {
    throw new NotRun(
      'this Python has no gdbm; install it (Debian: python3-gdbm), and name that Python by POOLPROOF_PYTHON',
    );
  }
  await two(run, 'dbm.gnu');
});
claim('two-beats-send-twice', (run) => two(run, 'dbm.dumb'));
claim('one-beat-sends-once', async (run) => {
  await using only = await beat(run, 'only');
  await noteWhoSends(run, [only]);
});

/** Leaves the file of a beat that ran, and was killed, and does this to it. */
async function damage(run: Run, file: string, how: string): Promise<void> {
  if (how !== 'delete') {
    const before = await beat(run, 'before');
    await before.printed(sends);
    await before.kill();
  }
  await using damaging = await run.actor('damage.py', { args: [file, how] });
  await damaging.ended();
}

/** Notes whether a beat that is started now sends. */
async function look(run: Run): Promise<boolean> {
  await using after = await beat(run, 'after');
  const sent = await after.printed(sends);
  run.job({ name: 'tick', state: sent ? 'completed' : 'failed', expected: null, result: null });
  return sent;
}

/** Two on one file, the second while the first runs. */
async function two(run: Run, library: Library): Promise<void> {
  await using first = await beat(run, 'first', library);
  await first.printed(sends);
  await using second = await beat(run, 'second', library);
  await noteWhoSends(run, [first, second]);
  run.fact('file replaced', run.count(replaced) > 0);
}

/** Notes how many of these beats send from now on. */
async function noteWhoSends(run: Run, beats: readonly Actor[]): Promise<void> {
  const send = await Promise.all(
    beats.map((one) => one.printed(sends, { times: run.count(sends, [one]) + 2 })),
  );
  const result = send.filter(Boolean).length;
  run.job({ name: 'beats that send', state: 'completed', result, expected: 1 });
  run.fact('beats that send', result);
}

function beat(run: Run, name: string, library: Library = 'dbm.dumb'): Promise<Actor> {
  return run.actor('beat.py', { name, args: [library] });
}
