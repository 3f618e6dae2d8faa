import type { CommandEntry } from './command.ts';

/** Every command of `poolproof`, in the order in which help lists them. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  start: {
    summary: 'run broker, worker, dashboard and docs behind one address',
    example: 'poolproof start --port 3000',
    load: () => import('./start.ts'),
  },
  list: {
    summary: 'list the bugs of the knowledge base',
    example: 'poolproof list --json',
    load: () => import('./list.ts'),
  },
  show: {
    summary: 'show one bug: symptom, fix, claims and what was observed',
    example: 'poolproof show 002',
    load: () => import('./show.ts'),
  },
  diagnose: {
    summary: 'name the known bugs that a log shows',
    example: 'docker compose logs worker | poolproof diagnose -',
    load: () => import('./diagnose.ts'),
  },
  doctor: {
    summary:
      'name the known bugs that a project, its machine and its broker have, before they happen',
    example: 'poolproof doctor . --broker redis://127.0.0.1:6379',
    load: () => import('./doctor.ts'),
  },
  harness: {
    summary: 'put the claims of the write-ups to the test',
    example: 'poolproof harness 002 --pool solo',
    load: () => import('./harness.ts'),
  },
  bisect: {
    summary: 'measure in which published versions a failure shows',
    example: 'poolproof bisect 011',
    load: () => import('./bisect.ts'),
  },
  new: {
    summary: 'start a write-up with its scenario, which run as they stand',
    example: 'poolproof new bullmq-jobs-run-twice',
    load: () => import('./new.ts'),
  },
  check: {
    summary: 'check write-ups and their scenarios with all tools at once',
    example: 'poolproof check 012',
    load: () => import('./check.ts'),
  },
  cache: {
    summary: 'list what was installed for runs, and remove what is not used',
    example: 'poolproof cache prune --older-than 30d --dry-run',
    load: () => import('./cache.ts'),
  },
  worker: {
    summary: 'run the live worker alone',
    example: 'poolproof worker --pool threads',
    load: () => import('./worker.ts'),
  },
  dashboard: {
    summary: 'run the dashboard alone',
    example: 'poolproof dashboard --broker redis://127.0.0.1:6379',
    load: () => import('./dashboard.ts'),
  },
  import: {
    summary: 'import a portfolio of transactions from a CSV file',
    example: 'poolproof import transactions.csv',
    load: () => import('./import.ts'),
  },
};
