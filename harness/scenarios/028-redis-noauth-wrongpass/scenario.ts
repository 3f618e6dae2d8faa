import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const right = { username: 'default', password: 's3cret' };

claim('no-password-fails-with-ioredis-5', (run) => double(run, {}));
claim('no-password-fails-with-ioredis-6', (run) => double(run, {}));
claim('add-does-not-return', async (run) => {
  const { error = '' } = await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 3_000 });
  run.fact(
    'add had returned after 3 s',
    !error.startsWith('not sent: the broker had not taken it'),
  );
});
claim('wrong-password-fails', (run) => double(run, { password: 'not-the-one' }));
claim('user-option-is-ignored', (run) => double(run, { user: 'app', password: 'app-secret' }));
claim('username-option-works', (run) => double(run, { username: 'app', password: 'app-secret' }));
claim('password-in-place-of-the-user-fails', (run) => double(run, { url: urlAs(run, 's3cret') }));
claim('password-in-the-url-works', (run) => double(run, { url: urlAs(run, ':s3cret') }));
claim('password-works', (run) => double(run, right));
claim('worker-recovers', async (run) => {
  await using worker = await start(run, right);
  const broken = await run.broken('wrongpass');
  run.fact('was refused', await worker.printed('WRONGPASS'));
  await broken[Symbol.asyncDispose]();
  await submit(run, worker);
});

async function double(run: Run, login: Record<string, string>): Promise<void> {
  await using worker = await start(run, login);
  const refused = () => run.count(/NOAUTH|WRONGPASS/, [worker]) >= 3;
  await submit(run, worker, () =>
    refused() ? 'the worker was refused again and again' : undefined,
  );
}

async function start(run: Run, login: Record<string, string>): Promise<Actor> {
  const { host, port } = run.broker;
  const worker = await run.actor('worker.mjs', {
    env: { CONNECTION: JSON.stringify({ host, port, ...login }) },
  });
  await worker.printed(/ready|NOAUTH|WRONGPASS/);
  return worker;
}

async function submit(run: Run, worker: Actor, giveUp?: () => string | undefined): Promise<void> {
  await run.submit('numbers.double', [2], { expect: 4, ...(giveUp && { giveUp }) });
  run.fact('password in the log', run.count('not-the-one', [worker]) > 0);
  run.fact('no password asked', run.count('NOAUTH', [worker]) === 0);
}

function urlAs(run: Run, login: string): string {
  return `redis://${login}@${run.broker.host}:${run.broker.port}`;
}
