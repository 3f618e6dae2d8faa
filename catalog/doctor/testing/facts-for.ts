import type { HistoryLookup } from '../../diagnose/diagnosis.ts';
import type { Writeup } from '../../writeup/schema.ts';
import type { FactValue } from '../fact-names.ts';
import type { Facts, SeenPackage, Sheet } from '../facts.ts';
import { ecosystemOf, isWithin } from '../package-condition.ts';
import { wantedIn } from '../rule-checks.ts';
import type { Conditions, Rule } from '../rule-schema.ts';
import { valuesFor } from '../wanted.ts';

/** Facts, and what is different about them. */
interface Variation {
  readonly what: string;
  readonly facts: Facts;
}

/** Facts that a rule fits, and such as it does not, each for one reason alone. */
export interface FactsFor {
  readonly fits: Facts;
  readonly misses: readonly Variation[];
}

const place = { file: 'made-for-a-test', line: 1 };

/**
 * Makes facts from a rule: with each value that it asks for, and with each condition broken in turn, by
 * another value, by a fact that is not known, and by a version that works.
 */
export function factsFor(rule: Rule, writeup: Writeup, lookUp: HistoryLookup): FactsFor {
  const conditions = rule.sure ?? rule.perhaps ?? {};
  const fits = factsThatFit(conditions, rule, writeup, lookUp);
  const misses = [
    ...brokenPackages(conditions, rule, writeup, lookUp, fits),
    ...brokenSheets(conditions, fits),
    {
      what: 'without the package itself',
      facts: withPackages(fits, (one) => one.package !== (rule.uses ?? writeup.engine), [
        {
          package: 'something-else',
          version: '1.0.0',
          ecosystem: ecosystemOf[writeup.engine],
          place,
        },
      ]),
    },
    ...(rule.unless ? [excepted(rule.unless, fits)] : []),
  ];
  return { fits, misses };
}

function factsThatFit(
  conditions: Conditions,
  rule: Rule,
  writeup: Writeup,
  lookUp: HistoryLookup,
): Facts {
  const name = rule.uses ?? writeup.engine;
  const wishes = { [name]: 'any', ...conditions.packages };
  const packages = Object.entries(wishes).flatMap(([one, wish]): SeenPackage[] => {
    if (wish === 'missing') return [];
    return [see(one, fittingVersion(one, wish, rule, writeup, lookUp), writeup)];
  });
  const facts: Facts = {
    projects: [{ packages, complete: [ecosystemOf[writeup.engine]] }],
    machine: {},
    brokers: [],
    processes: [],
  };
  return wantedIn(conditions).reduce(
    (sum, { sheet, name: fact, wanted, fact: about }) =>
      withFact(sum, sheet, fact, valuesFor(about, wanted).fits[0]),
    facts,
  );
}

function fittingVersion(
  name: string,
  wish: string,
  { claim }: Rule,
  writeup: Writeup,
  lookUp: HistoryLookup,
): string {
  if (wish === 'any') return '1.0.0';
  if (wish !== 'affected') return versionsAround(wish).find((one) => isWithin(one, wish)) ?? '';
  const fails = lookUp(writeup, { package: name, claim })?.fails ?? [];
  const version = fails.at(-1);
  if (version === undefined) {
    throw new Error(
      `expected runs of ${writeup.id} that fail with some version of ${name}, got none: the rule can never hold. Record them, or take the rule out.`,
    );
  }
  return version;
}

function versionsAround(range: string): string[] {
  const edges = [...range.matchAll(/\d+(?:\.\d+)*/g)].map(([edge]) => edge);
  return ['0.0.1', ...edges, '9999.0.0'];
}

function brokenPackages(
  { packages = {} }: Conditions,
  { claim }: Rule,
  writeup: Writeup,
  lookUp: HistoryLookup,
  fits: Facts,
): Variation[] {
  return Object.entries(packages).flatMap(([name, wish]): Variation[] => {
    const without = (one: SeenPackage) => one.package !== name;
    const added = (version: string | undefined) =>
      withPackages(fits, without, [see(name, version, writeup)]);
    if (wish === 'missing') {
      const incomplete = {
        ...fits,
        projects: fits.projects.map((one) => ({ ...one, complete: [] })),
      };
      return [
        { what: `with ${name}`, facts: added('1.0.0') },
        { what: 'with a list that is not complete', facts: incomplete },
      ];
    }
    const absent = { what: `without ${name}`, facts: withPackages(fits, without, []) };
    if (wish === 'any') return [absent];
    const unknown = {
      what: `with ${name} in a version that is not known`,
      facts: added(undefined),
    };
    const working =
      wish === 'affected'
        ? (lookUp(writeup, { package: name, claim })?.works ?? [])
        : versionsAround(wish).filter((one) => !isWithin(one, wish));
    return [
      absent,
      unknown,
      ...working.map((version) => ({ what: `with ${name} ${version}`, facts: added(version) })),
    ];
  });
}

function brokenSheets(conditions: Conditions, fits: Facts): Variation[] {
  return wantedIn(conditions).flatMap(({ sheet, name, wanted, fact }) => [
    { what: `where ${sheet} ${name} is not known`, facts: withFact(fits, sheet, name, undefined) },
    ...valuesFor(fact, wanted).misses.map((value) => ({
      what: `where ${sheet} ${name} is ${String(value)}`,
      facts: withFact(fits, sheet, name, value),
    })),
  ]);
}

/** The exception, beside what the rule asks for. */
function excepted(unless: Conditions, fits: Facts): Variation {
  const processes = wantedIn(unless).filter(({ sheet }) => sheet === 'process');
  const sheet: Sheet = Object.fromEntries(
    processes.map(({ name, wanted, fact }) => {
      const value = valuesFor(fact, wanted).fits[0] ?? '';
      return [name, { value, place }];
    }),
  );
  const rest = wantedIn(unless).filter((one) => one.sheet !== 'process');
  const facts = rest.reduce(
    (sum, { sheet: of, name, wanted, fact }) =>
      withFact(sum, of, name, valuesFor(fact, wanted).fits[0]),
    fits,
  );
  return {
    what: 'in the case that is excepted',
    facts: {
      ...facts,
      processes: [
        ...facts.processes,
        ...(processes.length > 0 ? [{ name: 'another', facts: sheet }] : []),
      ],
    },
  };
}

function withPackages(
  facts: Facts,
  keep: (one: SeenPackage) => boolean,
  more: readonly SeenPackage[],
): Facts {
  return {
    ...facts,
    projects: facts.projects.map(({ packages, complete }) => ({
      packages: [...packages.filter(keep), ...more],
      complete,
    })),
  };
}

function withFact(
  facts: Facts,
  sheet: 'machine' | 'broker' | 'process',
  name: string,
  value: FactValue | undefined,
): Facts {
  const changed = (before: Sheet): Sheet => {
    const rest = Object.fromEntries(Object.entries(before).filter(([key]) => key !== name));
    return value === undefined ? rest : { ...rest, [name]: { value, place } };
  };
  if (sheet === 'machine') return { ...facts, machine: changed(facts.machine) };
  const list = sheet === 'broker' ? facts.brokers : facts.processes;
  const things = [{ name: `a ${sheet}`, facts: changed(list[0]?.facts ?? {}) }];
  return sheet === 'broker' ? { ...facts, brokers: things } : { ...facts, processes: things };
}

function see(name: string, version: string | undefined, { engine }: Writeup): SeenPackage {
  const isRuntime = name === 'node' || name === 'bun';
  return { package: name, version, ecosystem: isRuntime ? 'runtime' : ecosystemOf[engine], place };
}
