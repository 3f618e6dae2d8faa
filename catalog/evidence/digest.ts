import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brokerOf } from '../cell/broker.ts';
import type { Engine } from '../cell/values.ts';
import { folders, projectRoot } from '../project.ts';
import type { Claim } from '../writeup/schema.ts';
import { controlCells } from './control-cells.ts';
import { filesBelow } from './files-below.ts';
import { filesLoadedBy } from './loaded-files.ts';
import type { BisectionDigests, Cell, Digests } from './schema.ts';

/** A claim in one of its cells, and the claim that controls it. */
export interface ControlledCell {
  readonly slug: string;
  readonly claim: Claim;
  readonly cell: Cell;
  readonly control: Claim;
}

/**
 * What the claims of a project are run from, by digest: contents count, and not where they lie, how
 * their lines end, or in which commit. Each folder is read once; make another after a change.
 *
 * What only judges an observation (the expected outcome, facts, templates of signatures) is no part of
 * any digest: evidence is judged again whenever it is read.
 */
export class Sources {
  readonly #root: string;
  readonly #known = new Map<string, string>();

  /** @param root the folder that holds harness/; this project by default. */
  constructor(root = projectRoot) {
    this.#root = root;
  }

  digestsOf({ slug, claim, cell, control }: ControlledCell): Digests {
    const cells = controlCells(control, cell);
    return {
      ...this.#digestsOf({ slug, claim, cell }, cells),
      control: sum([control.id, ...cells.map((one) => setupOf(control, one)).sort()]),
    };
  }

  /** Of runs over the versions of an engine, which no other claim controls. */
  bisectionDigestsOf(about: Omit<ControlledCell, 'control'>): BisectionDigests {
    return this.#digestsOf(about, []);
  }

  #digestsOf(
    { slug, claim, cell }: Omit<ControlledCell, 'control'>,
    others: readonly Cell[],
  ): BisectionDigests {
    const engines = [...new Set([cell, ...others].map(({ engine }) => engine))].sort();
    return {
      setup: sum([setupOf(claim, cell)]),
      scenario: this.#once(`scenario ${slug}`, () => sum(scenarioModules(this.#root, slug))),
      actors: this.#once(`actors ${slug} ${engines.join(' ')}`, () =>
        sum([
          ...actorFiles(this.#root, slug),
          ...engines.flatMap((engine) => loadedFiles(this.#root, slug, engine)),
        ]),
      ),
      programs: sum(
        engines.map((engine) =>
          this.#once(`programs ${engine}`, () => sum(programs(this.#root, engine))),
        ),
      ),
    };
  }

  #once(key: string, make: () => string): string {
    const known = this.#known.get(key) ?? make();
    this.#known.set(key, known);
    return known;
  }
}

/** What a dimension is unless a write-up says otherwise. */
const defaults: Readonly<Record<string, unknown>> = { launch: 'plain' };

/**
 * How a claim is run in a cell, in normal form: only what differs from the default, so that a
 * dimension that is added later changes no digest.
 */
function setupOf({ run }: Claim, cell: Cell): string {
  const { config: settings, login } = brokerOf(run, cell);
  const entries = Object.entries({ ...cell, settings, login })
    .filter(([key, value]: [string, unknown]) => value !== undefined && value !== defaults[key])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(entries);
}

/** The contents of scenario.ts and of every module below harness/scenarios/ that it leads to. */
function scenarioModules(root: string, slug: string): string[] {
  const folder = folders.scenarios(root);
  const contents = new Map<string, string>();
  const visit = (file: string): void => {
    const outside = path.relative(folder, file).startsWith('..');
    if (outside || contents.has(file) || !existsSync(file)) return;
    const text = read(file);
    contents.set(file, text);
    for (const specifier of importsOf(text)) visit(path.resolve(path.dirname(file), specifier));
  };
  visit(path.join(folder, slug, 'scenario.ts'));
  return [...contents.values()].sort();
}

/**
 * The relative modules that a text names after `import` or `from`. One too many (in a comment) makes
 * evidence stale too early, never too late; a parser of TypeScript would cost every `show` 300 ms.
 */
function importsOf(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)].flatMap(
    ([, specifier]) => specifier ?? [],
  );
}

/** Every actor, with its name: programs find each other by it. */
function actorFiles(root: string, slug: string): string[] {
  const folder = path.join(folders.scenarios(root), slug, 'actors');
  return filesBelow(folder)
    .map((name) => `${name.split(path.sep).join('/')}\n${read(path.join(folder, name))}`)
    .sort();
}

/** The names of actors that the interpreter of an engine runs. */
const actorsOf: Readonly<Record<Engine, RegExp>> = { celery: /\.py$/, bullmq: /\.[cm]?[jt]s$/ };

/**
 * What actors load of this project beside themselves: a claim about its worker is stale once that has
 * changed. Claims on another engine, whose interpreter runs none of those actors, are not concerned.
 */
function loadedFiles(root: string, slug: string, engine: Engine): string[] {
  const folder = path.join(folders.scenarios(root), slug, 'actors');
  const loaded = filesBelow(folder)
    .filter((name) => actorsOf[engine].test(name))
    .flatMap((name) => filesLoadedBy(read(path.join(folder, name)), root));
  return [...new Set(loaded)].map(read).sort();
}

function programs(root: string, engine: string): string[] {
  const folder = folders.enginePrograms(root, engine);
  return filesBelow(folder)
    .map((name) => read(path.join(folder, name)))
    .sort();
}

/** A byte is a character here, so that files of any kind count; Git may have changed how lines end. */
function read(file: string): string {
  return readFileSync(file, 'latin1').replaceAll('\r\n', '\n');
}

/** The sum over texts of which none runs into the next. */
function sum(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n${text}`, 'latin1');
  return hash.digest('hex').slice(0, 32);
}
