import { cellName } from '../../catalog/evidence/schema.ts';
import { dimensions, platformNames } from '../../catalog/cell/dimensions.ts';
import type { DimensionTable } from '../../catalog/cell/dimension.ts';
import { valueIn } from '../../catalog/cell/cell.ts';
import { pagePath } from '../../catalog/page.ts';
import { nativeCommand } from './broker-files.ts';
import type { ReproCase, Variant } from './cases.ts';
import { usualPort } from './replayed-broker.ts';

/** What a repro says of itself. */
export function readmeOf({ writeup, bug, fix }: ReproCase): string {
  const { id, title, slug, signatures } = writeup;
  const signature = signatures.find((one) => one.id === bug.claim.expect.signature);
  const file = `bugs/${slug}.mdx`;
  return [
    `# ${id}: ${title}`,
    '',
    '`bug/` shows the failure, `fix/` the same with the fix. `diff -r bug fix` shows what differs.',
    '',
    '| | `bug/` | `fix/` |',
    '| --- | --- | --- |',
    `| shows that | ${bug.claim.says} | ${fix.claim.says} |`,
    `| with | ${inWords(bug)} | ${inWords(fix)} |`,
    `| where it ran | ${whereItRan(bug)} | ${whereItRan(fix)} |`,
    '',
    '## Run it',
    '',
    ...runIt(bug),
    '',
    `The last lines of \`bug/\` say what went wrong, and it exits with 1.${signature ? ' Above them stands:' : ''}`,
    ...(signature ? ['', '```text', signature.template, '```'] : ['', writeup.symptom]),
    '',
    'Then do the same in `fix/`: it ends with "Everything went as it should.", and exits with 0. Each run takes a broker that is empty.',
    ...withoutDocker(bug),
    '',
    '## What it is',
    '',
    `The programs in \`actors/\` are those of the recorded run. \`run.${ending(bug)}\` does what the test did with them, step by step; \`steps.${ending(bug)}\` holds what the steps are made of. Nothing of poolproof is needed.`,
    '',
    ...conditions(bug),
    `From ${file} of poolproof, the page ${pagePath(slug)} of its docs. MIT licence.`,
    '',
  ].join('\n');
}

function ending({ cell }: Variant): string {
  return cell.engine === 'celery' ? 'py' : 'mjs';
}

/** The versions that ran, and what the cell says beside. */
function inWords({ cell, versions }: Variant): string {
  const names = ['celery', 'kombu', 'billiard', 'redis', 'bullmq', 'ioredis', 'python', 'node'];
  const ran = names.flatMap((name) => {
    const version = versions[name];
    return version === undefined ? [] : [`${name} ${version}`];
  });
  const more = Object.entries(dimensions as DimensionTable).flatMap(([key, dimension]) => {
    const value = valueIn(cell, key);
    const told = ['pool', 'emulate', 'config'].includes(key) && value !== undefined;
    return told ? [dimension.words(value, cell.engine)] : [];
  });
  return [...ran, ...more].join(', ');
}

function whereItRan({ cell, observation }: Variant): string {
  const day = observation.startedAt.slice(0, 10);
  return `confirmed on ${platformNames[cell.platform]}, ${day} (\`${cellName(cell)}\`)`;
}

function runIt({ cell, broker, versions }: Variant): string[] {
  const onWindows = cell.platform === 'wine' || cell.platform === 'win32';
  const compose = broker.kind === 'none' ? [] : ['docker compose up -d --wait'];
  const down = broker.kind === 'none' ? [] : ['docker compose down -v'];
  const python = cell.python ?? versions.python?.split('.').slice(0, 2).join('.') ?? '3';
  const install =
    cell.engine === 'bullmq'
      ? ['npm install', 'node run.mjs']
      : onWindows
        ? [
            `py -${python} -m venv .venv`,
            '.venv\\Scripts\\pip install -r requirements.txt',
            '.venv\\Scripts\\python run.py',
          ]
        : [
            `python${python} -m venv .venv`,
            '.venv/bin/pip install -r requirements.txt',
            '.venv/bin/python run.py',
          ];
  const needs =
    cell.engine === 'bullmq'
      ? `This takes Node ${cell.node ?? '20 or later'}.`
      : `This takes Python ${cell.python ?? `(it ran on ${python})`}.`;
  return [
    onWindows ? `${needs} On Windows:` : needs,
    '',
    '```sh',
    'cd bug',
    ...compose,
    ...install,
    ...down,
    '```',
  ];
}

function withoutDocker({ broker }: Variant): string[] {
  if (broker.kind === 'none') return [];
  return [
    '',
    `Without Docker, start a server (it ran with ${broker.kind} ${broker.version}) in another terminal, in \`bug/\` or \`fix/\`, and stop it with Ctrl-C before the next run:`,
    '',
    '```sh',
    nativeCommand(broker),
    '```',
    '',
    `Port ${usualPort} is taken? Name another server by \`BROKER_URL\`, such as \`${broker.url.replace(String(usualPort), '6379')}\`. It must be empty, and is written to.`,
  ];
}

function conditions({ cell }: Variant): string[] {
  if (cell.emulate === undefined && cell.platform !== 'wine') return [];
  return [
    cell.emulate === undefined
      ? 'It was recorded on Wine, which runs real Windows programs; it has not been recorded on Windows itself. These files as they are here have not run on either.'
      : '`actors/spawned.py` imitates Windows: pool children are spawned, not forked. That is emulated, and no proof of what Windows does.',
    '',
  ];
}
