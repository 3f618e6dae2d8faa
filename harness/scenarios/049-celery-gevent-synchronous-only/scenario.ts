import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('query-beside-asyncio-fails', (run) => meet(run));
claim('threads-work', (run) => meet(run));
claim('prefork-works', (run) => meet(run));
claim('allow-unsafe-works', (run) => meet(run, { DJANGO_ALLOW_ASYNC_UNSAFE: 'true' }));
claim('query-alone-works', async (run) => {
  await using _worker = await run.worker();
  await run.submit('tasks.query', [], { expect: 4 });
});
claim('second-coroutine-fails', async (run) => {
  await using worker = await run.worker();
  const first = await run.add('tasks.asynchronous', []);
  await worker.printed('the coroutine runs');
  const second = await run.add('tasks.asynchronous', []);
  await worker.printed(/ raised unexpected/);
  await run.flag('go-on');
  await second.settled({ expect: 'waited' });
  await first.settled({ expect: 'waited' });
});

/** The query is sent, and done, while the other task awaits. */
async function meet(run: Run, env = {}): Promise<void> {
  await using worker = await run.worker({ env });
  const waiting = await run.add('tasks.asynchronous', []);
  await worker.printed('the coroutine runs');
  await run.submit('tasks.query', [], { expect: 4 });
  await run.flag('go-on');
  const { state } = await waiting.settled({ expect: 'waited' });
  run.fact('asyncio task done', state === 'completed');
}
