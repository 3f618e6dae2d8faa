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
/** What an observed run came to. */
export const outcomes = ['works', 'fails'] as const;

const kebab = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as solo-works')
  .meta({ examples: ['solo-works'] });
const sentence = z.string().trim().min(8);
const date = z.iso.date('a date such as 2026-01-31');
const url = z.url('a URL such as https://example.org/page');
const exactVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+$/, 'an exact version such as "5.6.1", in quotes')
  .meta({ examples: ['5.6.1'] });

const minorPython = z
  .string()
  .regex(/^3\.\d+$/, 'a minor version of Python such as "3.11", in quotes')
  .meta({ examples: ['3.11'] });

/** Not all that pip takes: what can be part of a file name, and no options. */
const requirement = z
  .string()
  .regex(
    /^[a-z\d]+(-[a-z\d]+)*(\[[a-z]+\])?(==\d+(\.\d+)+)?$/,
    'a package in lower case such as celery, celery[redis] or kombu==5.6.2',
  )
  .meta({ examples: ['celery[redis]'] });

/** A message by which a failure is recognised in a log. */
export const signatureSchema = z.strictObject({
  id: kebab.describe('Named by claims that must fail with it.'),
  template: z
    .string()
    .min(8)
    .describe(
      'The message; `{name}` stands for one or more characters that vary within one line. Found anywhere in a line.',
    ),
  source: url.or(sentence).describe('Where the text was seen: an upstream issue, or "the seed".'),
  near: z
    .array(z.string().min(3))
    .default([])
    .describe(
      'At least one of these templates must stand within 40 lines, else the message is a neighbour’s.',
    ),
  where: z
    .record(z.string(), z.array(z.string().min(1)).min(1))
    .optional()
    .describe('Values that decide, by the name of a hole: with any other the message is not this.'),
  not: z
    .array(z.string().min(3))
    .optional()
    .describe('The line is another failure’s if it contains one of these templates.'),
  unless: z
    .array(z.string().min(3))
    .optional()
    .describe('The message is another failure’s if one of these stands within 40 lines.'),
  check: sentence
    .optional()
    .describe(
      'What a reader looks at to tell this bug from others that print the same: a command and what it prints, or a line of the log. With it the message alone, without `near`, makes the bug a candidate (`perhaps`).',
    ),
  perhaps: z
    .literal(true)
    .optional()
    .describe(
      'Even with what stands `near` it, the message makes the bug no more than a candidate. Needs a `check`.',
    ),
  unproven: sentence
    .optional()
    .describe(
      'Why no evidence of this repository contains it yet. An exemption no longer needed fails.',
    ),
});

/** How the run that tests a claim is set up. */
const runSchema = z.strictObject({
  engine: z.enum(engines).describe('The job-queue library that runs.'),
  versions: z.array(exactVersion).min(1).describe('Exact engine versions; one run each.'),
  pool: z
    .enum(pools)
    .describe(
      'How jobs are executed. For BullMQ: `solo` in process, `prefork` a child process, `threads` a worker thread.',
    ),
  platforms: z.array(z.enum(platforms)).min(1).describe('The platforms the sentence speaks of.'),
  launches: z
    .array(z.enum(launches))
    .min(1)
    .default(['plain'])
    .describe('What surrounds the interpreter and changes the outcome; one run each.'),
  python: z
    .array(minorPython)
    .min(1)
    .optional()
    .describe('Minor versions of Python; one run each. Left out: the one that the platform has.'),
  except: z
    .array(
      z.strictObject({
        version: exactVersion.describe('Of the engine.'),
        python: minorPython.describe('With this Python.'),
        because: sentence.describe('Why the two do not go together.'),
      }),
    )
    .default([])
    .describe('Combinations that the claim does not speak of, since they do not exist.'),
  emulate: z
    .enum(emulations)
    .optional()
    .describe(
      '`spawn`: children are spawned and Celery is told that it is on Windows, on another platform.',
    ),
  shm: z
    .enum(shms)
    .optional()
    .describe(
      '/dev/shm, imposed: of this mode and owned by another user, with room for one semaphore (`full`), or none.',
    ),
  install: z
    .array(requirement)
    .min(1)
    .optional()
    .describe(
      'What pip installs, Celery at the version of the run. Left out: Celery, its Redis extra, and more.',
    ),
  needs: z
    .enum(['redis', 'postgres', 'nothing'])
    .default('redis')
    .describe('The broker the run needs; `postgres` is met by the embedded one.'),
});

/** What must come out for the sentence to hold. */
export const expectationSchema = z.strictObject({
  outcome: z.enum(outcomes).describe('What the run must come to.'),
  signature: kebab.optional().describe('The id of the signature the failure must show.'),
  facts: z
    .record(z.string(), z.string())
    .default({})
    .describe('Observed facts that must hold too: `solo`, `= 0`, `>= 1`, `< 1000`.'),
});

/** One testable sentence of a write-up. */
export const claimSchema = z.strictObject({
  id: kebab.describe('The name of its function in the scenario.'),
  says: sentence.describe('The sentence, as a reader would say it.'),
  run: runSchema.describe('How the run that tests it is set up.'),
  expect: expectationSchema.describe('What must come out for the sentence to hold.'),
  control: kebab.describe(
    'The claim that must be confirmed in the same run: the same actors without the fault, or with it.',
  ),
  usually: z
    .strictObject({
      versions: z.array(exactVersion).optional().describe('Of these engine versions alone.'),
      python: z.array(minorPython).optional().describe('With these Pythons alone.'),
      launches: z.array(z.enum(launches)).optional().describe('Launched in these ways alone.'),
    })
    .optional()
    .describe(
      'The part of its combinations that stands for all. The others are recorded once and then run only by `harness --matrix`. An empty list of any kind: none stands for them. Left out: all are run each time.',
    ),
  known: z
    .literal('refuted')
    .optional()
    .describe('A false sentence worth keeping: the run is as written when it is refuted again.'),
  truth: sentence.optional().describe('What is true instead. Required with `known: refuted`.'),
});

/** What the rows or the columns of a matrix may stand for. */
const dimensions = ['version', 'python', 'pool', 'launch'] as const;

/** A table over the evidence of several claims. */
const matrixSchema = z.strictObject({
  title: z.string().min(8).describe('What it shows.'),
  rows: z
    .array(
      z.strictObject({
        label: z.string().min(1).optional().describe('Names the row. Left out: `down` does.'),
        claims: z.array(kebab).min(1).describe('The claims whose combinations stand in it.'),
      }),
    )
    .min(1)
    .describe('Its rows; one without a label becomes a row for each value of `down`.'),
  down: z.enum(dimensions).optional().describe('What rows without a label stand for.'),
  across: z
    .array(z.enum(dimensions))
    .min(1)
    .describe('What columns stand for, the outermost first.'),
});

/** The frontmatter of bugs/NNN-slug.mdx. */
export const writeupSchema = z.strictObject({
  id: z
    .string()
    .regex(/^BUG-\d{3}$/, 'BUG- and three digits, as in the file name')
    .meta({ examples: ['BUG-002'] })
    .describe('Permanent. A bug that no longer reproduces is marked, never deleted.'),
  title: z.string().min(8).max(90).describe('What a person would search for.'),
  description: sentence.describe('One sentence for lists and search results.'),
  engine: z.enum(engines).describe('The library the failure belongs to.'),
  status: z
    .enum(['live', 'fixed', 'no-longer-reproduces'])
    .describe('`live` in the newest version, or `fixed` there by upstream.'),
  severity: z.enum(['low', 'medium', 'high']).describe('How much stands still while it lasts.'),
  reported: date.describe('When the failure was first written up.'),
  resolved: date.optional().describe('When a fix was found.'),
  symptom: sentence.describe('What the reader sees, in one or two sentences.'),
  fix: z
    .strictObject({
      summary: sentence.describe('What to do, in one or two sentences.'),
      code: z.string().min(1).describe('What to paste.'),
      language: z.string().default('sh').describe('Of the code, for its colours.'),
      claim: kebab.describe('The claim that shows the fix to work.'),
    })
    .describe('The way out that most readers should take.'),
  shownBy: kebab
    .optional()
    .describe(
      'The claim that shows the failure, where a run shows it without a message. Left out: those with a signature do.',
    ),
  signatures: z.array(signatureSchema).min(1).describe('How the failure is recognised in a log.'),
  claims: z
    .array(claimSchema)
    .min(2)
    .describe('Every testable sentence. At least two, for each needs a control.'),
  matrices: z
    .array(matrixSchema)
    .default([])
    .describe('Tables that the page draws from the evidence of several claims.'),
  refuses: z
    .array(
      z.strictObject({
        platform: z.enum(platforms).describe('Where the worker would start.'),
        pool: z.enum(pools).describe('With which pool.'),
        engine: z.enum(engines).describe('And which engine.'),
      }),
    )
    .default([])
    .describe('Where a worker should refuse to start, with a link to this page.'),
  sources: z
    .array(
      z.strictObject({
        title: z.string().describe('What the link shows.'),
        url: url.describe('Upstream issue, pull request or documentation.'),
      }),
    )
    .default([])
    .describe('Where more is written about it.'),
});

export type Engine = (typeof engines)[number];
export type Pool = (typeof pools)[number];
export type Platform = (typeof platforms)[number];
export type Matrix = z.output<typeof matrixSchema>;
export type Dimension = (typeof dimensions)[number];
export type Signature = z.output<typeof signatureSchema>;
export type Expectation = z.output<typeof expectationSchema>;
export type Claim = z.output<typeof claimSchema>;
export type Frontmatter = z.output<typeof writeupSchema>;

/** A write-up as the other rooms know it: its frontmatter and its names. */
export interface Writeup extends Frontmatter {
  /** `002-celery-prefork-windows`: the same in bugs/, harness/scenarios/, harness/evidence/ and the page's URL. */
  readonly slug: string;
  /** Where it was read from. */
  readonly file: string;
}
