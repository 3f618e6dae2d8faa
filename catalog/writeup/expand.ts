import type { Dimension } from '../cell/dimension.ts';
import { dimensions } from '../cell/dimensions.ts';
import type { Engine } from '../cell/values.ts';
import type { ShortClaim } from './claim-schema.ts';
import type { Contradiction } from './contradiction.ts';
import type { Claim, ClaimRun, Expectation } from './expanded.ts';
import type { Path } from './frontmatter.ts';
import type { Frontmatter, ShortFrontmatter } from './schema.ts';

/** A `run` as it is written, by its keys. */
type ShortRun = Readonly<Record<string, unknown>>;

/** What became of a short form. Where there are contradictions, claims may be incomplete. */
export interface Expanded {
  readonly frontmatter: Frontmatter;
  readonly contradictions: readonly Contradiction[];
}

/** Writes out the claims of a frontmatter: defaults of `run`, several values, groups, outcomes and controls. */
export function expand(short: ShortFrontmatter): Expanded {
  const written = short.claims.map((claim, index) => expandRun(claim, index, short));
  const expectations = short.claims.map(({ expect }) => expandExpectation(expect));
  const shown = short.claims.find((_, index) => expectations[index]?.signature !== undefined)?.id;
  const claims = short.claims.map((claim, index) => ({
    ...without(claim, 'run', 'expect', 'control'),
    run: written[index]?.run,
    expect: expectations[index],
    control: claim.control ?? unwrittenControl(claim, short, shown),
  })) as Claim[];
  const sources = Array.isArray(short.sources)
    ? short.sources
    : Object.entries(short.sources).map(([title, url]) => ({ title, url }));
  return {
    frontmatter: {
      ...without(short, 'run', 'configs', 'controls', 'claims', 'sources'),
      claims,
      sources,
    },
    contradictions: written.flatMap(({ contradictions }) => contradictions),
  };
}

/** The control of a claim that names none. */
function unwrittenControl(
  { id, expect }: ShortClaim,
  { controls, fix, shownBy }: ShortFrontmatter,
  shown: string | undefined,
): string {
  const common = controls[expandExpectation(expect).outcome];
  if (common !== undefined && common !== id) return common;
  return id === fix.claim ? (shownBy ?? shown ?? '') : fix.claim;
}

function without<Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: Key[]) {
  const rest = Object.entries(whole).filter(([key]) => !keys.some((one) => one === key));
  return Object.fromEntries(rest) as Omit<Whole, Key>;
}

/** Where a value of a claim's `run` is written: in the claim, else among the defaults. */
export function whereWritten(
  short: ShortFrontmatter,
  index: number,
  { written, list }: Pick<Dimension, 'written' | 'list'>,
): Path {
  const own = (short.claims[index]?.run ?? {}) as ShortRun;
  for (const key of [list, written]) if (isSaid(own, key)) return ['claims', index, 'run', key];
  const shared: ShortRun = short.run;
  for (const key of [list, written]) if (isSaid(shared, key)) return ['run', key];
  return short.claims[index]?.run ? ['claims', index, 'run'] : ['claims', index];
}

function expandRun(claim: ShortClaim, index: number, short: ShortFrontmatter) {
  const own = (claim.run ?? {}) as ShortRun;
  const shared: ShortRun = short.run;
  const usual = (shared.engine ?? short.engine) as Engine;
  const engine = (own.engine ?? usual) as Engine;
  const contradictions: Contradiction[] = [];
  const lists = Object.values(dimensions as Readonly<Record<string, Dimension>>).flatMap(
    (dimension): [string, unknown][] => {
      const { written, list, presence } = dimension;
      const path = ['claims', index, ...(claim.run ? ['run'] : [])];
      contradictions.push(...onlyOne(own, dimension, path));
      if (index === 0) contradictions.push(...onlyOne(shared, dimension, ['run']));
      const isTakenBack = own[written] === null;
      const inherited = engine === usual || dimension.acrossEngines ? shared : {};
      const values =
        valuesIn(own, dimension) ?? (isTakenBack ? undefined : valuesIn(inherited, dimension));
      if (values !== undefined) return [[list, values]];
      if (presence === 'always') return [[list, [dimension.usual]]];
      if (presence === 'asked') {
        const keys = [...new Set([written, list])].map((key) => `"${key}"`).join(' or ');
        const message = `expected ${keys} for "${claim.id}", got none here nor in the write-up's own "run". Add it to one of them.`;
        contradictions.push({ path, message });
      }
      return [];
    },
  );
  const except = (own.except ?? excepted(shared.except, Object.fromEntries(lists))) as unknown;
  const login = own.login ?? (engine === usual ? shared.login : undefined);
  const run = {
    engine,
    ...Object.fromEntries(lists),
    except: except ?? [],
    ...settingsOf(Object.fromEntries(lists).configs, short.configs),
    ...(login !== undefined && { login }),
  } as ClaimRun;
  return { run, contradictions };
}

function onlyOne(run: ShortRun, { written, list }: Dimension, path: Path): Contradiction[] {
  if (written === list || !isSaid(run, written) || !isSaid(run, list)) return [];
  const message = `expected "${written}" or "${list}", got both. Remove one of them.`;
  return [{ path: [...path, list], message }];
}

/** Whether a `run` names a value: null takes back what is said elsewhere. */
function isSaid(run: ShortRun, key: string): boolean {
  return run[key] !== undefined && run[key] !== null;
}

/** The values that a `run` names for a dimension, groups in their places and each value once. */
function valuesIn(run: ShortRun, { written, list, groups = {} }: Dimension): unknown[] | undefined {
  const one = run[written];
  const several = written === list && Array.isArray(one) ? one : run[list];
  const named = Array.isArray(several) ? several : isSaid(run, written) ? [one] : undefined;
  return named && [...new Set(named.flatMap((value) => groups[String(value)] ?? [value]))];
}

/** The exceptions among the defaults that concern a claim: those whose values it names. */
function excepted(shared: unknown, lists: ShortRun): unknown[] {
  const all = (shared ?? []) as ShortRun[];
  return all.filter((one) =>
    Object.entries(dimensions).every(([key, { list }]) => {
      const values = lists[list] as unknown[] | undefined;
      return one[key] === undefined || values?.includes(one[key]);
    }),
  );
}

function settingsOf(names: unknown, configs: ShortFrontmatter['configs']) {
  if (!Array.isArray(names)) return {};
  const known = names.filter((name): name is string => configs[name as string] !== undefined);
  return { settings: Object.fromEntries(known.map((name) => [name, configs[name]])) };
}

function expandExpectation(short: ShortClaim['expect']): Expectation {
  if (typeof short === 'string') return { outcome: short, facts: {} };
  if (short.fails === undefined) return { outcome: 'works', facts: asText(short.works ?? {}) };
  const fails = typeof short.fails === 'string' ? { signature: short.fails } : (short.fails ?? {});
  return {
    outcome: 'fails',
    ...(fails.signature !== undefined && { signature: fails.signature }),
    facts: asText(fails.facts ?? {}),
  };
}

/** Facts as they are compared: a number must be equal. */
function asText(
  facts: Readonly<Record<string, string | number | boolean>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number' ? `= ${value}` : String(value),
    ]),
  );
}
