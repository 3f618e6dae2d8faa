import type { HistoryLookup } from '../diagnose/diagnosis.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Facts, ProjectPackages, Sheet, Thing } from './facts.ts';
import { sheets, type FactName, type Wanted } from './fact-names.ts';
import {
  ecosystemOf,
  holdsOfPackages,
  packagesNamed,
  type PackagesHold,
  type Reason,
} from './package-condition.ts';
import type { Conditions, Rule } from './rule-schema.ts';
import { isWanted } from './wanted.ts';

/** What a rule says of the facts that it fits. */
export interface Applied {
  readonly level: 'sure' | 'perhaps';
  readonly because: readonly Reason[];
  /** What to do in this case, where that is not the fix of the write-up. */
  readonly fix?: string | undefined;
}

interface Held {
  readonly reasons: readonly Reason[];
  /** Whether it cannot be told for sure. */
  readonly doubtful: boolean;
}

/**
 * Holds a rule of a write-up against what was seen. A fact that is not known is as good as one that is
 * otherwise: silence is better than a wrong name. Only where no file says which packages are used, a
 * rule that asks for none is tried all the same, and is `perhaps` at most.
 *
 * @returns nothing where the rule does not apply.
 */
export function applyRule(
  rule: Rule,
  writeup: Writeup,
  facts: Facts,
  lookUp: HistoryLookup,
): Applied | undefined {
  const conditions = rule.sure ?? rule.perhaps ?? {};
  for (const project of candidates(facts, rule, writeup)) {
    const used = holdsUsed(project, rule, writeup);
    const about = { writeup, rule, lookUp };
    const held = used && holdsAll(conditions, project, facts, about);
    if (!used || !held) continue;
    const excepted = rule.unless && holdsAll(rule.unless, project, facts, about);
    if (excepted) continue;
    const doubtful = rule.sure === undefined || used.doubtful || held.doubtful;
    return {
      level: doubtful ? 'perhaps' : 'sure',
      fix: rule.fix,
      because: [...(namesEngine(conditions, rule, writeup) ? [] : used.reasons), ...held.reasons],
    };
  }
  return undefined;
}

/** Projects that may be meant; `undefined` where no file says which packages there are. */
function candidates(
  { projects }: Facts,
  { uses }: Rule,
  { engine }: Writeup,
): (ProjectPackages | undefined)[] {
  const known = projects.filter(({ packages }) =>
    packages.some(({ ecosystem }) => ecosystem !== 'runtime'),
  );
  if (known.length === 0) return [undefined];
  const name = uses ?? engine;
  return known.filter((project) => packagesNamed(project, name, engine).length > 0);
}

function holdsUsed(
  project: ProjectPackages | undefined,
  { uses }: Rule,
  { engine }: Writeup,
): Held | undefined {
  const name = uses ?? engine;
  if (!project) {
    const says = `no ${ecosystemOf[engine] === 'npm' ? 'package.json' : 'requirements'} or lock file says whether ${name} is used`;
    return { reasons: [{ says, place: {} }], doubtful: true };
  }
  const [one] = packagesNamed(project, name, engine);
  if (!one) return undefined;
  const says = one.version === undefined ? `${name} is used` : `${name} ${one.version} is used`;
  return { reasons: [{ says, place: one.place }], doubtful: false };
}

function namesEngine({ packages = {} }: Conditions, { uses }: Rule, { engine }: Writeup): boolean {
  return (uses ?? engine) in packages;
}

function holdsAll(
  conditions: Conditions,
  project: ProjectPackages | undefined,
  facts: Facts,
  about: Parameters<typeof holdsOfPackages>[2],
): Held | undefined {
  const { packages, machine, broker, process } = conditions;
  const parts = [
    packages && (project ? ofPackages(holdsOfPackages(packages, project, about)) : undefined),
    machine && holdsOfSheet(machine, facts.machine, sheets.machine),
    broker && holdsOfOne(broker, facts.brokers, sheets.broker),
    process && holdsOfOne(process, facts.processes, sheets.process),
  ].filter((_, index) => [packages, machine, broker, process][index] !== undefined);
  if (parts.some((part) => part === undefined)) return undefined;
  const held = parts.filter((part) => part !== undefined);
  return {
    reasons: held.flatMap(({ reasons }) => reasons),
    doubtful: held.some(({ doubtful }) => doubtful),
  };
}

function ofPackages(held: PackagesHold | undefined): Held | undefined {
  return held && { reasons: held.reasons, doubtful: held.guessed };
}

/** One and the same broker, or process, must be as asked. */
function holdsOfOne(
  wanted: Readonly<Record<string, Wanted>>,
  things: readonly Thing[],
  names: Readonly<Record<string, FactName>>,
): Held | undefined {
  for (const thing of things) {
    const held = holdsOfSheet(wanted, thing.facts, names);
    if (!held) continue;
    return {
      reasons: held.reasons.map(({ says, place }) => ({ says: `${thing.name}: ${says}`, place })),
      doubtful: thing.ambiguous === true,
    };
  }
  return undefined;
}

function holdsOfSheet(
  wanted: Readonly<Record<string, Wanted>>,
  sheet: Sheet,
  names: Readonly<Record<string, FactName>>,
): Held | undefined {
  const reasons: Reason[] = [];
  const background: Reason[] = [];
  for (const [name, wish] of Object.entries(wanted)) {
    const fact = sheet[name];
    if (!fact || !isWanted(fact.value, wish)) return undefined;
    const says = fact.says ?? names[name]?.says(fact.value) ?? `${name} is ${String(fact.value)}`;
    (names[name]?.isBackground ? background : reasons).push({ says, place: fact.place });
  }
  return { reasons: reasons.length > 0 ? reasons : background, doubtful: false };
}
