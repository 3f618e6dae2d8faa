import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('worker-fails', addTwoNumbers);
claim('older-celery-fails-too', addTwoNumbers);
claim('celery-5-5-is-spared', addTwoNumbers);
claim('kombu-5-6-2-works', addTwoNumbers);
claim('packaging-cures', addTwoNumbers);
claim('redis-extra-cures', addTwoNumbers);
claim('redis-extra-of-older-celery-does-not-help', addTwoNumbers);
claim('older-kombu-cures-older-celery', addTwoNumbers);
claim('pytest-hides-it', addTwoNumbers);
claim('gunicorn-and-django-do-not-hide-it', addTwoNumbers);

claim('call-fails', (run) => callATask(run));
claim('call-works-with-packaging', (run) => callATask(run));
claim('packaging-alone-does-not-help-celery-5-4', (run) => callATask(run));
claim('call-works-with-older-kombu', (run) => callATask(run));
claim('eager-call-fails-too', (run) => callATask(run, ['--eager']));
claim('eager-call-works-with-packaging', (run) => callATask(run, ['--eager']));

/** A Windows program takes its time under Wine. */
const deadlineMs = 60_000;

async function addTwoNumbers(run: Run): Promise<void> {
  await noteInstalled(run);
  await using worker = await run.worker();
  run.fact('exit code', worker.exit?.code ?? 'none');
  await run.submit('tasks.add', [3, 1], { expect: 4 });
}

async function callATask(run: Run, args: readonly string[] = []): Promise<void> {
  await noteInstalled(run);
  const job = `call of tasks.add ${args.join(' ')}`.trim();
  await run.submitBy('call.py', { job, args, expect: null, deadlineMs });
}

/** Which packaging and which kombu an import finds. */
async function noteInstalled(run: Run): Promise<void> {
  await using asked = await run.actor('installed.py');
  await run.factsFrom(asked, deadlineMs);
}
