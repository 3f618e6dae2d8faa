import { cellName } from '../../cell/cell.ts';
import type { Dimension } from '../../cell/dimension.ts';
import { dimensions } from '../../cell/dimensions.ts';
import { cellsOf } from '../../evidence/cells.ts';
import type { Contradiction } from '../contradiction.ts';
import { whereWritten } from '../expand.ts';
import type { Claim } from '../expanded.ts';
import type { Path } from '../frontmatter.ts';
import type { ShortFrontmatter } from '../schema.ts';
import { reference } from './reference.ts';

type Check = (claim: Claim, where: (dimension: Dimension) => Path) => Contradiction[];

const table = Object.entries(dimensions) as [string, Dimension][];

/** What the parts of a claim's `run` must agree on. */
export function checkRun(claim: Claim, index: number, short: ShortFrontmatter): Contradiction[] {
  const where = (dimension: Dimension) => whereWritten(short, index, dimension);
  const found = [ofEngine, shm, install, broker].flatMap((check) => check(claim, where));
  return [
    ...found,
    ...configs(claim, short, where(dimensions.config)),
    ...parts(claim, index, short),
    ...(found.length === 0 ? distinct(claim, index) : []),
  ];
}

function valuesOf({ run }: Claim, list: string): readonly unknown[] | undefined {
  return (run as unknown as Readonly<Record<string, readonly unknown[] | undefined>>)[list];
}

/** Pools, interpreters and brokers belong to their engine. */
const ofEngine: Check = (claim, where) =>
  table.flatMap(([, dimension]) => {
    const { list, of, written } = dimension;
    const known = of?.[claim.run.engine] ?? 'any';
    if (known === 'any') return [];
    const strange = valuesOf(claim, list)?.filter((value) => !known.includes(value)) ?? [];
    if (strange.length === 0) return [];
    const got = `got ${strange.map(String).join(', ')}`;
    const { engine } = claim.run;
    const message =
      known.length === 0
        ? `expected no "${written}" for ${engine}, which has none, ${got}. Remove it, or write "${written}: null" in the claim.`
        : `expected what ${engine} has (${known.map(String).join(', ')}), ${got}. Write one of these.`;
    return [{ path: where(dimension), message }];
  });

const shm: Check = ({ run }, where) => {
  if (run.shm === undefined) return [];
  const path = where(dimensions.shm);
  const others = run.platforms.filter((platform) => platform !== 'linux');
  if (others.length > 0) {
    const message = `expected "platforms: linux" beside "shm", got ${others.join(', ')} too. Only Linux has a /dev/shm.`;
    return [{ path, message }];
  }
  if (run.shm.includes('missing') && run.launches.some((launch) => launch !== 'container')) {
    const message = `expected "launch: container" beside "shm: missing", got ${run.launches.join(', ')}. Only a container can be without.`;
    return [{ path, message }];
  }
  return [];
};

const install: Check = ({ run }, where) =>
  (run.installs ?? []).flatMap((requirements) => {
    const isEngine = (name: string) => name.split('[')[0] === run.engine;
    if (requirements.some(isEngine)) return [];
    const message = `expected "${run.engine}" in "install", got ${requirements.join(', ')}. Its version comes from "versions".`;
    return [{ path: where(dimensions.install), message }];
  });

/** What is told to a broker needs one that can be told so. */
const broker: Check = ({ run }, where) => {
  const kinds = run.needs ?? ['redis'];
  const told = (['server', 'topology', 'tls', 'config'] as const).filter((key) => {
    const { list, usual }: Dimension = dimensions[key];
    const values: readonly unknown[] = run[list as 'configs'] ?? [];
    const unfit =
      key === 'topology' || key === 'tls' ? values.filter((one) => one !== usual) : values;
    return unfit.length > 0;
  });
  return told.flatMap((key) => {
    const able: readonly string[] = key === 'topology' ? ['redis'] : ['redis', 'rabbitmq'];
    const unfit = kinds.filter((kind) => !able.includes(kind));
    if (unfit.length === 0) return [];
    const { written }: Dimension = dimensions[key];
    const message = `expected "needs: ${able.join('" or "needs: ')}" beside "${written}", got ${unfit.join(', ')}. Remove one of them.`;
    return [{ path: where(dimensions[key]), message }];
  });
};

function configs({ run }: Claim, short: ShortFrontmatter, path: Path): Contradiction[] {
  const known = Object.keys(short.configs);
  return (run.configs ?? []).flatMap((name) => reference(path, name, 'configuration', known));
}

/** What a claim excepts, and what stands for all of it, is part of what it speaks of. */
function parts(claim: Claim, index: number, short: ShortFrontmatter): Contradiction[] {
  const { run, usually } = claim;
  const path = ['claims', index];
  const isOwn =
    (short.claims[index]?.run as { except?: unknown } | undefined)?.except !== undefined;
  const strangers = (list: string, got: readonly unknown[], at: Path): Contradiction[] => {
    const known = valuesOf(claim, list) ?? [];
    const strange = got.filter((one) => !known.includes(one));
    if (strange.length === 0) return [];
    const named = known.map(String).join(', ') || 'none are named there';
    const message = `expected some of run (${named}), got ${strange.map(String).join(', ')}. Add it there, or drop it here.`;
    return [{ path: at, message }];
  };
  return table.flatMap(([key, { list }]) => [
    ...strangers(list, (usually as Record<string, unknown[]> | undefined)?.[list] ?? [], [
      ...path,
      'usually',
      list,
    ]),
    // Those of the write-up's own `run` were cut down to what concerns the claim.
    ...(isOwn ? run.except : []).flatMap((one, at) => {
      const value = (one as Record<string, unknown>)[key];
      const got = value === undefined ? [] : [value];
      return strangers(list, got, [...path, 'run', 'except', at, key]);
    }),
  ]);
}

/** Each cell has a name of its own, or evidence of one would be written over that of another. */
function distinct(claim: Claim, index: number): Contradiction[] {
  const names = cellsOf(claim).map((cell) => cellName(cell));
  if (names.length === 0) {
    const message = 'expected at least one combination, got exceptions for all. Take one away.';
    return [{ path: ['claims', index], message }];
  }
  const again = names.find((name, at) => names.indexOf(name) < at);
  if (again === undefined) return [];
  const message = `expected cells with names of their own, got ${again} twice. Make two claims of it.`;
  return [{ path: ['claims', index], message }];
}
