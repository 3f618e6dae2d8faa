import { z } from 'zod';
import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

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

const installed = z.object({ packaging: z.string(), kombu: z.string() });
const answer = z.object({ exception: z.string(), message: z.string() });

async function addTwoNumbers(run: Run): Promise<void> {
  await noteInstalled(run);
  await using worker = await run.worker();
  run.fact('exit code', worker.exit?.code ?? 'none');
  await run.submit('tasks.add', [3, 1], { expect: 4 });
}

async function callATask(run: Run, args: readonly string[] = []): Promise<void> {
  await noteInstalled(run);
  await using caller = await run.actor('call.py', { args });
  const { exception, message } = answer.parse(await answerOf(caller));
  run.fact('exception', exception);
  const name = `call of tasks.add ${args.join(' ')}`.trim();
  if (exception === 'none') run.job({ name, state: 'completed' });
  else run.job({ name, state: 'failed', error: `${exception}: ${message}` });
}

async function noteInstalled(run: Run): Promise<void> {
  await using asked = await run.actor('installed.py');
  const { packaging, kombu } = installed.parse(await answerOf(asked));
  run.fact('packaging', packaging);
  run.fact('kombu', kombu);
}

/** What an actor answered, once it has ended. A Windows program takes its time under Wine. */
async function answerOf(actor: Actor): Promise<unknown> {
  await actor.ended(60_000);
  return JSON.parse(actor.lines.find((line) => line.startsWith('{')) ?? 'null');
}
