import type { Cell } from '../../catalog/evidence/schema.ts';
import { pinsOf, readNativeLock } from '../lab/engines/celery/native-lock.ts';
import { packagesOf } from '../lab/engines/bullmq/install.ts';
import type { Variant } from './cases.ts';

/** What an environment for all claims holds, and a repro needs only where its pool or actors use it. */
const besides: Readonly<Record<string, readonly string[]>> = {
  gevent: ['gevent', 'zope-event', 'zope-interface'],
  eventlet: ['eventlet', 'dnspython'],
  either: ['greenlet', 'cffi', 'pycparser'],
  django: ['django', 'asgiref', 'sqlparse'],
};

/** The lines of requirements.txt: every package at the version that ran. */
export async function requirementsOf(
  { cell }: Variant,
  actors: ReadonlyMap<string, string>,
): Promise<string> {
  const lock = await readNativeLock(cell);
  const { pool, install } = cell;
  const text = [...actors.values()].join('\n');
  const imported = (name: string) => new RegExp(`^\\s*(?:import|from) ${name}\\b`, 'm').test(text);
  const uses = (name: string) => pool === name || imported(name);
  const dropped =
    install !== undefined
      ? []
      : Object.entries(besides)
          .filter(([name]) =>
            name === 'either' ? !uses('gevent') && !uses('eventlet') : !uses(name),
          )
          .flatMap(([, names]) => names);
  const pins = pinsOf(lock)
    .split(/\r?\n/)
    .filter((line) => !dropped.some((name) => line.startsWith(`${name}==`)));
  return `${pins.join('\n')}\n`;
}

/** package.json: what ran, at the versions that ran. */
export function packageJsonOf({ cell, versions }: Variant, name: string): string {
  const wanted = packagesOf(cell).map((one) => /^(@?[^@]+)(?:@(.*))?$/.exec(one) ?? []);
  const dependencies = Object.fromEntries(
    wanted.flatMap(([, name, range]) =>
      name === undefined || (name === 'pg' && !usesPostgres(cell))
        ? []
        : [[name, versions[name] ?? range ?? '*']],
    ),
  );
  const { ioredis } = versions;
  // An override reaches also the ioredis that BullMQ before 6 brings along.
  const overrides =
    ioredis === undefined || 'ioredis' in dependencies ? {} : { overrides: { ioredis } };
  const described = { name, private: true, license: 'MIT', dependencies, ...overrides };
  return `${JSON.stringify(described, null, 2)}\n`;
}

function usesPostgres({ broker, install = [] }: Cell): boolean {
  return broker === 'postgres' || install.includes('pg');
}
