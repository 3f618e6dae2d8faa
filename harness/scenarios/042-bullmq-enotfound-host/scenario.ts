import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('url-as-the-host-fails', (run) => double(run, ({ url }) => ({ host: url })));
claim('port-in-the-host-fails', (run) =>
  double(run, ({ host, port }) => ({ host: `${host}:${port}`, port })),
);
claim('blank-in-the-host-fails', (run) =>
  double(run, ({ host, port }) => ({ host: `${host} `, port })),
);
claim('unknown-name-fails', (run) => double(run, ({ port }) => ({ host: 'redis.invalid', port })));
claim('url-as-the-url-works', (run) => double(run, ({ url }) => ({ url })));
claim('host-and-port-work', (run) => double(run, ({ host, port }) => ({ host, port })));

type Connection = Record<string, string | number>;

async function double(run: Run, connect: (broker: Run['broker']) => Connection): Promise<void> {
  const connection = connect(run.broker);
  const env = { CONNECTION: JSON.stringify(connection) };
  await using worker = await run.actor('worker.mjs', { env, until: /ready|getaddrinfo/ });
  const refused = () => run.count('getaddrinfo', [worker]) >= 4;
  await run.submit('numbers.double', [2], {
    expect: 4,
    giveUp: () => (refused() ? 'the worker had not found its host again and again' : undefined),
  });
  const looked = / (?:ENOTFOUND|EAI_AGAIN) (.*)$/m.exec(worker.lines.join('\n'))?.[1];
  run.fact('looked for', looked === undefined ? 'nothing' : nameOf(looked, connection));
}

function nameOf(looked: string, { host }: Connection): string {
  return looked === host ? 'the whole of the host' : looked;
}
