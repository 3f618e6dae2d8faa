import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('connection-of-the-parent-is-shared', (run) => ask(run, 'at import'));
claim('connection-of-each-child-works', (run) => ask(run, 'in the child'));
claim('solo-works', (run) => ask(run, 'at import'));
claim('redis-py-takes-notice', (run) => ask(run, 'at import', 'is_own_answer_of_redis_py'));
claim('shared-tls-connection-breaks', (run) => askByTls(run, 'at import'));
claim('tls-connection-of-each-child-works', (run) => askByTls(run, 'in the child'));

async function ask(run: Run, connect: string, task = 'is_own_answer', more = {}): Promise<void> {
  const env = { SERVER_URL: run.broker.url, ...more };
  await using _worker = await run.worker({ concurrency: 4, env: { ...env, CONNECT: connect } });
  await run.submitBy('ask.py', {
    job: '200 questions',
    args: [`tasks.${task}`],
    env,
    expect: 0,
    deadlineMs: 60_000,
  });
}

/** The questions go to a server with TLS, and the tasks by the broker as usual. */
async function askByTls(run: Run, connect: string): Promise<void> {
  await using secure = await run.redisServer({ tls: true });
  await ask(run, connect, 'is_own_answer', {
    SERVER_URL: secure.url,
    SERVER_CA: secure.certificateAuthority ?? '',
  });
}
