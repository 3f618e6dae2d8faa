import type { HistoryLookup } from '../diagnose/diagnosis.ts';
import { compareVersions, statusOf } from '../diagnose/version-status.ts';
import type { Engine } from '../cell/values.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Ecosystem, Place, ProjectPackages, SeenPackage } from './facts.ts';
import type { Rule } from './rule-schema.ts';

/** Why a condition holds. */
export interface Reason {
  /** What was seen, in words: `bullmq 6.3.2 is known to fail`. */
  readonly says: string;
  readonly place: Place;
}

/** What holds of the packages of a project. */
export interface PackagesHold {
  readonly reasons: readonly Reason[];
  /** Whether a version was not run, and only its neighbours say that it fails. */
  readonly guessed: boolean;
}

/** Where the packages of an engine come from. */
export const ecosystemOf: Readonly<Record<Engine, Ecosystem>> = { celery: 'pypi', bullmq: 'npm' };

/** The packages of a name in the ecosystem of an engine, or a runtime of that name. */
export function packagesNamed(
  { packages }: ProjectPackages,
  name: string,
  engine: Engine,
): SeenPackage[] {
  return packages.filter(
    (one) =>
      one.package === name &&
      (one.ecosystem === ecosystemOf[engine] || one.ecosystem === 'runtime'),
  );
}

/**
 * Whether a project has the packages that a rule asks for, each in the versions asked for.
 *
 * @returns nothing where one of them is not as asked, or is not known.
 */
export function holdsOfPackages(
  wanted: Readonly<Record<string, string>>,
  project: ProjectPackages,
  { writeup, rule, lookUp }: { writeup: Writeup; rule: Pick<Rule, 'claim'>; lookUp: HistoryLookup },
): PackagesHold | undefined {
  const parts = Object.entries(wanted).map(([name, wish]): PackagesHold | undefined => {
    const seen = packagesNamed(project, name, writeup.engine);
    if (wish === 'missing') return holdsMissing(name, seen, project, writeup.engine);
    if (wish === 'any') return hold(seen[0], `${name} is used`);
    if (wish === 'affected') {
      const history = lookUp(writeup, { package: name, claim: rule.claim });
      return history && holdsAffected(seen, history);
    }
    const one = seen.find(({ version }) => version !== undefined && isWithin(version, wish));
    return one && hold(one, `${name} ${one.version ?? ''} is ${wish}`);
  });
  if (parts.some((part) => part === undefined)) return undefined;
  const held = parts.filter((part) => part !== undefined);
  return {
    reasons: held.flatMap(({ reasons }) => reasons),
    guessed: held.some(({ guessed }) => guessed),
  };
}

function holdsMissing(
  name: string,
  seen: readonly SeenPackage[],
  { complete, packages }: ProjectPackages,
  engine: Engine,
): PackagesHold | undefined {
  const ecosystem = ecosystemOf[engine];
  if (seen.length > 0 || !complete.includes(ecosystem)) return undefined;
  const file = packages.find((one) => one.ecosystem === ecosystem)?.place.file;
  return {
    reasons: [{ says: `${name} is not there`, place: file === undefined ? {} : { file } }],
    guessed: false,
  };
}

function holdsAffected(
  seen: readonly SeenPackage[],
  history: NonNullable<ReturnType<HistoryLookup>>,
): PackagesHold | undefined {
  const statuses = seen.flatMap((one) =>
    one.version === undefined ? [] : [{ one, status: statusOf(one.version, history) }],
  );
  const known = statuses.find(({ status }) => status.status === 'fails');
  const near = statuses.find(
    ({ status }) => status.status === 'not run' && status.nearest === 'fails',
  );
  const found = known ?? near;
  return found && { ...hold(found.one, found.status.says), guessed: !known };
}

function hold(one: SeenPackage, says: string): PackagesHold;
function hold(one: SeenPackage | undefined, says: string): PackagesHold | undefined;
function hold(one: SeenPackage | undefined, says: string): PackagesHold | undefined {
  return one && { reasons: [{ says, place: one.place }], guessed: false };
}

/** `>= 5.9.0 < 5.9.1`: every comparison must hold. */
export function isWithin(version: string, range: string): boolean {
  return [...range.matchAll(/(<=?|>=?|=) (\d+(?:\.\d+)*)/g)].every(([, operator, edge = '']) => {
    const order = compareVersions(version, edge);
    if (operator === '<') return order < 0;
    if (operator === '<=') return order <= 0;
    if (operator === '>') return order > 0;
    return operator === '>=' ? order >= 0 : order === 0;
  });
}
