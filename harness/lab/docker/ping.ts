import { request, type RequestOptions } from 'node:http';

/** An engine that works answers at once. */
const patienceMs = 10_000;
const usualSocket =
  // eslint-disable-next-line portable/no-posix-path -- on Windows the engine listens at a pipe
  process.platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock';

/**
 * Asks the Docker engine that DOCKER_HOST names, or that listens at the usual socket, for a sign of life.
 * Testcontainers cannot be asked first: it waits for ever for an engine that hangs, and takes the usual
 * one where the one named is gone.
 *
 * @returns why it cannot be used, or undefined.
 */
export async function whyNoEngine(): Promise<string | undefined> {
  const named = process.env.DOCKER_HOST;
  if (named === undefined || named === '') {
    // Whoever has no engine at the usual socket may have one elsewhere.
    const failure = await ping({ socketPath: usualSocket });
    return failure === silence ? `the Docker engine hangs: ${silence}` : undefined;
  }
  const target = addressOf(named);
  const failure = target && (await ping(target));
  return failure && `no Docker engine answers at DOCKER_HOST=${named}: ${failure}`;
}

const silence = `no answer within ${patienceMs / 1000} s`;

/** What went wrong, or undefined. */
function ping(target: RequestOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: patienceMs }, (answer) => {
      answer.resume();
      resolve(undefined);
    });
    asked.on('timeout', () => asked.destroy(new Error(silence)));
    asked.on('error', ({ message }) => {
      resolve(message);
    });
    asked.end();
  });
}

/** Where plain HTTP is spoken; engines behind TLS or ssh are left to Testcontainers. */
function addressOf(dockerHost: string): RequestOptions | undefined {
  if (!URL.canParse(dockerHost) || process.env.DOCKER_TLS_VERIFY) return undefined;
  const { protocol, hostname, port, pathname } = new URL(dockerHost);
  if (protocol === 'unix:') return { socketPath: pathname };
  return protocol === 'tcp:' || protocol === 'http:' ? { host: hostname, port } : undefined;
}
