import type { Json } from '../../lab/engines/engine-programs.ts';
import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

type Named = Record<string, Json>;

/** Those of the page. */
const settings = {
  result_backend_transport_options: { retry_policy: { max_retries: 0 } },
  redis_socket_connect_timeout: 1,
  redis_socket_timeout: 1,
  broker_transport_options: { socket_connect_timeout: 1, socket_timeout: 1 },
};
claim('call-returns-at-once', (run) => call(run));
claim('delay-blocks', (run) => whileDown(run));
claim('old-delay-raises-operational-error', (run) => whileDown(run));
claim('settings-give-up', (run) => whileDown(run, { settings }));
claim('retry-false-does-not-help', (run) => whileDown(run, { options: { retry: false } }));
claim('task-without-result-gives-up', (run) => whileDown(run, { task: 'tasks.note' }));
claim('silent-broker-blocks', (run) => whileSilent(run));
claim('settings-give-up-on-a-silent-broker', (run) => whileSilent(run, { settings }));
claim('rabbitmq-gives-up', async (run) => {
  const port = await run.port();
  await using _nobody = await nobodyAt(run, port);
  const url = `amqp://127.0.0.1:${port}//`;
  await call(run, { env: { CELERY_BROKER_URL: url, CELERY_RESULT_BACKEND: 'rpc://' } });
});

interface Call {
  task?: string;
  settings?: Named;
  options?: Named;
  env?: Record<string, string>;
}

async function whileDown(run: Run, how: Call = {}): Promise<void> {
  await using _down = await run.broken('down');
  await using _nobody = await nobodyAt(run, run.broker.port);
  await call(run, how);
}

/** Another server of this machine might take a free port while Celery tries to connect. */
function nobodyAt(run: Run, port: number): Promise<Actor> {
  return run.actor('keep_port.py', { args: [`${port}`], until: 'kept' });
}

async function whileSilent(run: Run, how: Call = {}): Promise<void> {
  await using _silent = await run.broken('silent');
  await call(run, how, 20_000);
}

/** Has a program call a task, as a web process does. */
async function call(
  run: Run,
  { task = 'tasks.double', settings = {}, options = {}, env = {} }: Call = {},
  deadlineMs = 60_000,
): Promise<void> {
  const { state } = await run.submitBy('call.py', {
    job: task,
    args: [task, JSON.stringify(options)],
    env: { SETTINGS: JSON.stringify(settings), ...env },
    expect: null,
    deadlineMs,
  });
  run.fact('call', state === 'pending' ? 'still held' : 'over');
}
