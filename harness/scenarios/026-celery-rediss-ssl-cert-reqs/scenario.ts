import { claim } from '../../scenario/claim.ts';
import type { Json } from '../../lab/engines/engine-programs.ts';
import type { Actor, Run } from '../../scenario/run.ts';

type Settings = Record<string, Json>;

claim('plain-url-ends-the-worker', (run) => double(run, ''));
claim('plain-url-fails-in-the-web-process', async (run) => {
  const env = urls(run, '');
  await run.submitBy('send.py', { job: 'send tasks.double(2)', expect: 'sent', env });
});
claim('another-key-fails', (run) =>
  double(run, '', bothUseSsl({ cert_reqs: 'required', ssl_ca_certs: authority(run) })),
);
claim('broker-takes-a-plain-url-unchecked', (run) =>
  double(run, '', { redis_backend_use_ssl: { ssl_cert_reqs: 'none' } }),
);
claim('unknown-authority-is-refused', (run) => double(run, '?ssl_cert_reqs=CERT_REQUIRED'));
claim('parameter-on-a-redis-url-fails', (run) => {
  const query = '?ssl_cert_reqs=CERT_NONE';
  const url = `${run.broker.url}${query}`.replace('rediss:', 'redis:');
  return double(run, query, {}, { CELERY_RESULT_BACKEND: url });
});
claim('unchecked-works', (run) => double(run, '?ssl_cert_reqs=CERT_NONE'));
claim('authority-in-the-environment-works', (run) =>
  double(run, '?ssl_cert_reqs=CERT_REQUIRED', {}, trusted(run)),
);
claim('authority-in-the-settings-works', (run) =>
  double(run, '', bothUseSsl({ ssl_cert_reqs: 'required', ssl_ca_certs: authority(run) })),
);
claim('parameter-in-the-url-works', (run) =>
  double(run, `?ssl_cert_reqs=CERT_REQUIRED&ssl_ca_certs=${authority(run)}`),
);

/** A worker whose URLs end so, and whose settings are these. */
async function double(run: Run, query: string, settings: Settings = {}, env = {}): Promise<void> {
  await using worker = await run.worker({
    env: { ...urls(run, query), SETTINGS: JSON.stringify(settings), ...env },
    deadlineMs: 4_000,
  });
  await run.submit('tasks.double', [2], {
    expect: 4,
    client: bothUseSsl({ ssl_cert_reqs: 'none', ssl_check_hostname: false }),
    deadlineMs: 8_000,
    giveUp: () => {
      if (worker.exit) return 'the worker has ended';
      return refused(run, worker) ? 'the worker refused the certificate' : undefined;
    },
  });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('connected to the broker', run.count('Connected to', [worker]) > 0);
  run.fact('certificate refused', refused(run, worker));
}

function refused(run: Run, worker: Actor): boolean {
  return run.count('CERTIFICATE_VERIFY_FAILED', [worker]) > 0;
}

/** Where there is a BROKER_URL the command `celery` takes it, whatever CELERY_BROKER_URL says. */
function urls({ broker }: Run, query: string): Record<string, string> {
  const url = `${broker.url}${query}`;
  return { BROKER_URL: url, CELERY_BROKER_URL: url, CELERY_RESULT_BACKEND: url };
}

function bothUseSsl(options: Settings): Settings {
  return { broker_use_ssl: options, redis_backend_use_ssl: options };
}

/** The authority that signed the certificate of Redis. */
function authority({ broker }: Run): string {
  return broker.certificateAuthority ?? '';
}

function trusted(run: Run): Record<string, string> {
  return { SSL_CERT_FILE: authority(run) };
}
