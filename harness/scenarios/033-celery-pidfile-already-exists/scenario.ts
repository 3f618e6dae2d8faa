import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const pidfile = 'celery.pid';
const withPidfile = { args: ['--pidfile', pidfile] };

claim('pid-of-another-process-refuses', (run) => worker(run, 'lives', withPidfile));
claim('exit-code-was-0', (run) => worker(run, 'lives', withPidfile));
claim('without-pidfile-works', (run) => worker(run, 'lives', { args: ['--pidfile='] }));
claim('pid-of-nobody-works', (run) => worker(run, 'ends', withPidfile));
claim('own-pid-works', becomeWorker);
claim('own-pid-refuses', becomeWorker);
claim('beat-refuses-too', async (run) => {
  await using _other = await leave(run, 'lives');
  await using beat = await run.actor('beat.py', { args: ['--pidfile', pidfile, '-s', 'sched'] });
  const exit = await beat.ended();
  run.job({ name: 'start of beat', state: exit ? 'failed' : 'completed', expected: null });
  run.fact('exit code', exit?.code ?? 'none');
});

async function worker(run: Run, then: string, options: { args: string[] }): Promise<void> {
  await using other = await leave(run, then);
  if (then === 'ends') await other.ended();
  await using started = await run.worker(options);
  await double(run, started);
}

/** As in a container, where the worker is process 1 before and after a restart. */
async function becomeWorker(run: Run): Promise<void> {
  await using started = await leave(run, 'becomes-a-worker');
  await started.printed(/ ready\.|Seems we're already running/);
  await double(run, started);
}

async function double(run: Run, started: Actor): Promise<void> {
  await run.submit('tasks.double', [2], {
    expect: 4,
    giveUp: () => (started.exit ? 'the worker had ended' : undefined),
  });
  run.fact('exit code', started.exit?.code ?? 'none');
}

function leave(run: Run, then: string): Promise<Actor> {
  return run.actor('leave_pidfile.py', { args: [pidfile, then], until: 'left' });
}
