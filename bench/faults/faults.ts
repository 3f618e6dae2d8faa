import { readFileSync, readdirSync } from 'node:fs';
import { pause } from '../../worker/pause.ts';
import type { Random } from './random.ts';
import type { System } from './system.ts';

/** Something that goes wrong, and is put right again. */
export interface Fault {
  readonly name: string;
  /** Whether a round of it takes half a minute and more. */
  readonly isLong?: true;
  /** Pools and brokers in which there is such a thing. Default: all. */
  readonly applies?: (place: Pick<System['options'], 'broker' | 'pool'>) => boolean;
  /**
   * Breaks it, and puts it right: afterwards the system has all its parts.
   * @param allPosted waits until every file of the round is accepted.
   * @returns how many jobs were lost, where that is what the fault is about: none in all rounds
   * together, and it was no fault.
   */
  readonly strike: (
    system: System,
    random: Random,
    allPosted: () => Promise<unknown>,
  ) => Promise<number | undefined>;
}

/** Longer than five attempts with their delays took. */
const longOutageMs = 20_000;
const frozenMs = 40_000;

export const faults: readonly Fault[] = [
  {
    name: 'worker killed',
    strike: async ({ workers }, random) => {
      const worker = random.pick(workers);
      await worker.end('SIGKILL');
      await worker.start();
    },
  },
  {
    name: 'all workers killed, twice',
    strike: async ({ workers }, random) => {
      for (let round = 0; round < 2; round++) {
        await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
        await Promise.all(workers.map((worker) => worker.start()));
        await pause(random.between(0, 800));
      }
    },
  },
  {
    name: 'worker stopped',
    strike: async ({ workers }, random) => {
      const worker = random.pick(workers);
      await worker.end('SIGTERM');
      await worker.start();
    },
  },
  {
    name: 'child process killed',
    applies: ({ pool }) => pool === 'prefork' && process.platform === 'linux',
    strike: ({ workers }) => {
      for (const { pid = 0 } of workers) for (const child of childrenOf(pid)) killProcess(child);
      return Promise.resolve(undefined);
    },
  },
  {
    // Longer than BullMQ's lock lasts: another worker is given the job meanwhile.
    name: 'worker frozen for 40 s',
    isLong: true,
    applies: () => process.platform !== 'win32',
    strike: async ({ workers }, random) => {
      const worker = random.pick(workers);
      worker.send('SIGSTOP');
      await pause(frozenMs);
      worker.send('SIGCONT');
    },
  },
  {
    name: 'API killed',
    strike: async ({ api }) => {
      await api.end('SIGKILL');
      await api.start();
    },
  },
  {
    name: 'broker killed',
    strike: async ({ restartBroker }) => {
      await restartBroker();
      return undefined;
    },
  },
  {
    name: 'jobs flushed',
    applies: () => process.platform !== 'win32',
    strike: async (system, _random, allPosted) =>
      whileFrozen(system, async () => {
        await allPosted();
        return system.forgetJobs();
      }),
  },
  {
    name: 'jobs failed',
    isLong: true,
    applies: () => process.platform !== 'win32',
    strike: async (system, _random, allPosted) =>
      whileFrozen(system, async () => {
        await allPosted();
        return system.failJobs();
      }),
  },
  {
    name: 'database killed',
    strike: async ({ killDatabase }) => {
      await killDatabase();
      return undefined;
    },
  },
  {
    name: 'database sessions ended',
    strike: async ({ query }) => {
      await query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where pid <> pg_backend_pid() and backend_type = 'client backend'`,
      ).catch(() => undefined);
    },
  },
  {
    name: 'database out of reach',
    strike: async ({ gate }, random) => {
      await gate.shut();
      await pause(random.between(500, 3000));
      await gate.open();
    },
  },
  {
    name: 'database away for 20 s',
    isLong: true,
    strike: async ({ gate }) => {
      await gate.shut();
      await pause(longOutageMs);
      await gate.open();
    },
  },
  {
    name: 'everything killed',
    isLong: true,
    strike: async ({ api, workers, restartBroker, killDatabase, options }) => {
      await Promise.all([api, ...workers].map((program) => program.end('SIGKILL')));
      await killDatabase();
      if (options.broker === 'redis') await restartBroker();
      await Promise.all([api, ...workers].map((program) => program.start()));
    },
  },
];

/** Does something to the jobs while no worker can take one: else most of them have been run before. */
async function whileFrozen<T>({ workers }: System, work: () => Promise<T>): Promise<T> {
  for (const worker of workers) worker.send('SIGSTOP');
  try {
    return await work();
  } finally {
    for (const worker of workers) worker.send('SIGCONT');
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** Linux alone tells of children. */
function childrenOf(parent: number): number[] {
  // eslint-disable-next-line portable/no-posix-path -- the fault applies on Linux alone
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        // eslint-disable-next-line portable/no-posix-path -- the fault applies on Linux alone
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status);
      } catch {
        return false;
      }
    })
    .map(Number);
}
