import type { Cell } from '../../../../catalog/evidence/schema.ts';

/**
 * What is installed beside an old Celery: libraries of its own time, where today's are too new for it.
 * The newest first; a Celery takes the first row whose version it has reached.
 */
const eras: readonly (readonly [since: string, pins: readonly string[]])[] = [
  ['5.7', []],
  ['5.6', ['kombu<5.7', 'redis<7']],
  ['5.5', ['kombu<5.6', 'redis<6']],
  ['5.4', ['kombu<5.5', 'redis<5.3']],
  ['5.3', ['kombu<5.4', 'redis<5.1']],
  // kombu 5.2 reads entry points through pkg_resources, and click 8.1.4 broke Celery's own options.
  ['0', ['kombu<5.3', 'redis<5', 'billiard<4', 'click<8.1.4', 'setuptools<70']],
];

/** Of the cells of a claim that names what is installed, just that; else what serves all claims. */
export function requirementsOf({ version, install }: Pick<Cell, 'version' | 'install'>): string[] {
  return (
    install?.map((name) => (/^celery(\[|$)/.test(name) ? `${name}==${version}` : name)) ??
    celeryRequirements(version)
  );
}

/** The newest Python that an old Celery starts on, where that is known not to be the newest there is. */
const newestPythons: readonly (readonly [before: string, newest: string])[] = [
  // On Python 3.13 the worker of 5.2.7 ends with an AttributeError before it has a pool.
  ['5.3', '3.12'],
];

/** The newest minor version of Python that a Celery starts on; undefined where none is known to be too new. */
export function newestPythonOf(version: string): string | undefined {
  return newestPythons.find(([before]) => !reached(version, before))?.[1];
}

/** Every pool's own library, so that one environment serves all pools of a version. */
const poolLibraries = ['gevent', 'eventlet'];

/** The pip requirements of a Celery version: the engine, its Redis client, the pools, and Django for its settings. */
export function celeryRequirements(version: string): string[] {
  const pins = eras.find(([since]) => reached(version, since))?.[1] ?? [];
  return [`celery[redis]==${version}`, 'packaging', 'django', ...poolLibraries, ...pins];
}

function reached(version: string, since: string): boolean {
  return version.localeCompare(since, 'en', { numeric: true }) >= 0;
}
