import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('no-tls-is-reset', (run) => double(run, 'no TLS'));
claim('unknown-authority-fails', (run) => double(run, 'TLS'));
claim('another-name-fails', (run) => double(run, 'TLS and another name'));
claim('tls-to-a-plain-port-times-out', (run) => double(run, 'TLS'));
claim('closed-handshake-fails', async (run) => {
  await run.broker.throughProxy();
  await using _ = await run.broken('limit-data', { bytes: 10 });
  await double(run, 'TLS and the CA');
});
claim('url-cannot-switch-the-check-off', (run) => double(run, 'TLS unchecked by the URL'));
claim('ca-works', (run) => double(run, 'TLS and the CA'));
claim('extra-ca-in-the-environment-works', (run) =>
  double(run, 'TLS', { NODE_EXTRA_CA_CERTS: run.broker.certificateAuthority ?? '' }),
);
claim('unchecked-works', (run) => double(run, 'TLS unchecked'));
claim('no-tls-works-where-there-is-none', (run) => double(run, 'no TLS'));

async function double(run: Run, connection: string, env = {}): Promise<void> {
  await using worker = await run.actor('worker.mjs', { env: { CONNECTION: connection, ...env } });
  await worker.printed(/ready|Error\b|connection closed/);
  const tls = run.broker.tls && { tls: { rejectUnauthorized: false } };
  await run.submit('numbers.double', [2], {
    expect: 4,
    ...(tls && { client: { connection: tls } }),
    giveUp: () =>
      failures(run, worker) >= 2 ? 'the worker had failed twice to connect' : undefined,
  });
  // By a reset, or in an orderly way where a port is forwarded, as Docker does: then nothing is printed.
  run.fact('connections closed', run.count('connection closed', [worker]) > 1);
  run.fact('timed out', run.count('ETIMEDOUT', [worker]) > 0);
}

function failures(run: Run, worker: Actor): number {
  return run.count(/^(Error\b|connection closed)/, [worker]) / 2;
}
