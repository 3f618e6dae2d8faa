import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../../catalog/evidence/files-below.ts';
import { folders, projectRoot } from '../../catalog/project.ts';
import { readClaims } from '../scenario/claim.ts';
import type { Scenario } from '../scenario/run.ts';
import { brokerFiles } from './broker-files.ts';
import { requirePlain, type ReproCase, type Variant } from './cases.ts';
import { packageJsonOf, requirementsOf } from './packages.ts';
import { readmeOf } from './readme.ts';
import { node, python, renderSteps } from './render-script.ts';
import { stepsOf } from './replay.ts';
import { NeedsHarness, type Step } from './steps.ts';

/** The files of a repro, by their paths in its folder. */
export type ReproFiles = ReadonlyMap<string, string>;

/** The folders of a repro: the failure, and the same with its fix. */
export const variants = ['bug', 'fix'] as const;

const read = new Map<string, Promise<ReadonlyMap<string, Scenario>>>();

/**
 * Everything that a repro consists of.
 *
 * @throws NeedsHarness when the run cannot be done without the harness.
 */
export async function reproFiles(one: ReproCase): Promise<ReproFiles> {
  const files = new Map<string, string>();
  for (const variant of variants) {
    for (const [name, text] of await variantFiles(one, one[variant])) {
      files.set(`${variant}/${name}`, text);
    }
  }
  files.set('README.md', readmeOf(one));
  files.set('LICENSE', readFileSync(path.join(projectRoot, 'LICENSE'), 'utf8'));
  return files;
}

/** A sum of what of a repro runs: its programs, packages and settings, not what it says of itself. */
export function digestOf(files: ReproFiles): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (name.includes('/')) hash.update(`${name}\0${text.replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex').slice(0, 32);
}

async function variantFiles(
  { writeup }: ReproCase,
  variant: Variant,
): Promise<Map<string, string>> {
  requirePlain(variant);
  const scenario = (await scenariosOf(writeup.slug)).get(variant.claim.id);
  if (scenario === undefined)
    throw new Error(`${writeup.slug} has no claim('${variant.claim.id}')`);
  const steps = await stepsOf(scenario, variant);
  const { cell } = variant;
  const actors = actorsOf(writeup.slug, cell.engine);
  if (cell.emulate === 'spawn') actors.set('spawned.py', programText('celery', 'spawned.py'));
  const files = new Map([...actors].map(([name, text]) => [`actors/${name}`, text]));
  for (const [name, text] of brokerFiles(variant.broker)) files.set(name, text);
  if (cell.engine === 'celery') {
    files.set('requirements.txt', await requirementsOf(variant, actors));
    files.set('run.py', runPy(variant, steps));
  } else {
    files.set('package.json', packageJsonOf(variant, `${writeup.id.toLowerCase()}-repro`));
    files.set('run.mjs', runMjs(variant, steps));
  }
  const steppy = cell.engine === 'celery' ? 'steps.py' : 'steps.mjs';
  files.set(steppy, readFileSync(path.join(import.meta.dirname, 'programs', steppy), 'utf8'));
  return files;
}

function scenariosOf(slug: string): Promise<ReadonlyMap<string, Scenario>> {
  const file = path.join(folders.scenarios(projectRoot), slug, 'scenario.ts');
  // One after the other: while a file is loaded, its claims are told apart by nothing else.
  const before = Promise.allSettled(read.values());
  const known = read.get(file) ?? before.then(() => readClaims(file));
  read.set(file, known);
  return known;
}

const endings = { celery: ['.py'], bullmq: ['.mjs', '.js', '.cjs', '.ts', '.mts', '.json'] };

/** The actors of a scenario that its engine runs. */
function actorsOf(slug: string, engine: keyof typeof endings): Map<string, string> {
  const folder = path.join(folders.scenarios(projectRoot), slug, 'actors');
  const files = filesBelow(folder).filter((file) =>
    endings[engine].some((ending) => file.endsWith(ending)),
  );
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      if (/['"](?:\.\.\/){2,}/.test(text)) throw new NeedsHarness('its programs load poolproof');
      return [file.replaceAll(path.sep, '/'), text];
    }),
  );
}

function programText(engine: string, name: string): string {
  return readFileSync(path.join(folders.enginePrograms(projectRoot, engine), name), 'utf8');
}

function runMjs({ claim, cell, broker }: Variant, steps: readonly Step[]): string {
  const body = renderSteps(steps, node);
  const text = body.join('\n');
  const used = ['add', 'anySays', 'answer', 'begin', 'finish', 'flag', 'redisCommand', 'settled']
    .concat('sleep', 'start', 'submit')
    .filter((name) => ['begin', 'finish'].includes(name) || new RegExp(`\\b${name}\\(`).test(text));
  const options = cell.node === undefined ? '' : `, { node: ${JSON.stringify(cell.node)} }`;
  return [
    `// ${claim.says}.`,
    `import { ${used.join(', ')} } from './steps.mjs';`,
    '',
    `await begin(${JSON.stringify(broker.url)}${options});`,
    ...body,
    'await finish();',
    '',
  ].join('\n');
}

function runPy({ claim, cell, broker }: Variant, steps: readonly Step[]): string {
  const options = [
    ...(cell.python === undefined ? [] : [`python=${JSON.stringify(cell.python)}`]),
    ...(isWindows(cell) && cell.launch === 'plain' ? ['base_interpreter=True'] : []),
  ];
  return [
    `"""${claim.says.replaceAll('\\', '\\\\')}."""`,
    '',
    'import re',
    'import time',
    '',
    'from steps import *',
    '',
    '# Children that are spawned load this file again, under another name.',
    'if __name__ == "__main__":',
    ...[
      `begin(${[JSON.stringify(broker.url), ...options].join(', ')})`,
      ...renderSteps(steps, python),
      'finish()',
    ].map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function isWindows({ platform }: Variant['cell']): boolean {
  return platform === 'win32' || platform === 'wine';
}
