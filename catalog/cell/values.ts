import { z } from 'zod';

/** The job-queue libraries whose failures are documented. */
export const engines = ['celery', 'bullmq'] as const;
/** How an engine executes jobs. BullMQ: solo is in-process, prefork a child process, threads a worker thread. */
export const pools = ['prefork', 'solo', 'threads', 'gevent', 'eventlet'] as const;
/** Where actors run. `wine` is real Windows binaries under Wine, and is never shown as `win32`. */
export const platforms = ['linux', 'darwin', 'win32', 'wine'] as const;
/** What surrounds the interpreter and changes the outcome. */
export const launches = ['plain', 'venv', 'container'] as const;
/** Conditions imposed to imitate another platform. Evidence gained under one is labelled `emulated`. */
export const emulations = ['spawn'] as const;
/** What a run is given as /dev/shm, where Linux keeps POSIX semaphores. Evidence gained so is labelled. */
export const shms = ['0755', '1777', 'full', 'missing'] as const;
/** What jobs are kept in. `redis` is met by Valkey too; `any` does not depend on Redis, so that the embedded PostgreSQL will do. */
export const brokerKinds = ['redis', 'postgres', 'rabbitmq', 'any', 'nothing'] as const;
/** How the servers of a Redis hang together. */
export const topologies = ['single', 'cluster', 'sentinel', 'replica'] as const;

export type Engine = (typeof engines)[number];
export type Pool = (typeof pools)[number];
export type Platform = (typeof platforms)[number];

export const kebab = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as solo-works')
  .meta({ examples: ['solo-works'] });

export const exactVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+$/, 'an exact version such as "5.6.1", in quotes')
  .meta({ examples: ['5.6.1'] });

export const minorPython = z
  .string()
  .regex(/^3\.\d+$/, 'a minor version of Python such as "3.11", in quotes')
  .meta({ examples: ['3.11'] });

export const nodeVersion = z
  .string()
  .regex(/^\d+(\.\d+){0,2}$/, 'a version of Node such as "22" or "22.11.0", in quotes')
  .meta({ examples: ['22'] });

/** A server's version as far as it matters, or the oldest that will do. */
export const serverVersion = z
  .string()
  .regex(
    /^(>=)?(valkey-)?\d+(\.\d+){0,2}$/,
    'a version such as "7.0", "7.0.15", "valkey-9.1" or ">=6.2", in quotes',
  )
  .meta({ examples: ['7.0', '>=6.2'] });

/** Not all that pip or npm take: what can be part of a file name, and no options. */
export const requirement = z
  .string()
  .regex(
    /^([a-z\d]+(-[a-z\d]+)*(\[[a-z]+\])?(==\d+(\.\d+)+)?|(@[a-z\d]+(-[a-z\d]+)*\/)?[a-z\d]+([.-][a-z\d]+)*(@\d+(\.\d+)*)?)$/,
    'a package in lower case such as celery, celery[redis] or kombu==5.6.2, or for npm ioredis@5.4.1',
  )
  .meta({ examples: ['celery[redis]'] });
