import type { Engine } from './values.ts';

const installers: Readonly<Record<Engine, string>> = { celery: 'pip', bullmq: 'npm' };

/**
 * What an installer was told, as a part of file names and addresses: `pip_celery_redis`,
 * `pip_celery~redis` for the extra, `npm_bullmq_ioredis~5.4.1`.
 */
export function installName(requirements: readonly string[], engine: Engine): string {
  return [installers[engine], ...requirements]
    .join('_')
    .replaceAll(/(^|_)@/g, '$1~')
    .replaceAll('/', '~-')
    .replaceAll(/\[|==|@/g, '~')
    .replaceAll(']', '');
}

/** The command by which an engine was installed, without its version. */
export function installCommand(requirements: readonly string[], engine: Engine): string {
  const quoted = requirements.map((name) => (name.includes('[') ? `"${name}"` : name));
  return `${installers[engine]} install ${quoted.join(' ')}`;
}
