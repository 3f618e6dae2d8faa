import { isWanted } from './wanted.ts';
import { sheets, type FactName, type SheetName, type Wanted } from './fact-names.ts';
import type { Conditions, Rule } from './rule-schema.ts';

/** Something wrong within a rule, at a path below it. */
interface RuleProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const levels = ['sure', 'perhaps'] as const;

/** What the schema of a rule cannot see. */
export function checkRule(rule: Rule): RuleProblem[] {
  const said = levels.filter((level) => rule[level] !== undefined);
  const needsAffected = rule.claim !== undefined && !asksForVersions(rule);
  return [
    ...(said.length === 1
      ? []
      : [
          {
            path: [],
            message: `expected "sure" or "perhaps", got ${said.length === 0 ? 'neither' : 'both'}. Write - sure: { broker: { cluster: true } }, and a second rule for the other.`,
          },
        ]),
    ...(needsAffected
      ? [
          {
            path: ['claim'],
            message:
              'expected a package that is "affected" beside "claim", got none. Write packages: { bullmq: affected }, or leave "claim" out.',
          },
        ]
      : []),
    ...[...levels, 'unless' as const].flatMap((key) => checkConditions(rule[key], key)),
  ];
}

function asksForVersions(rule: Rule): boolean {
  return levels.some((level) => Object.values(rule[level]?.packages ?? {}).includes('affected'));
}

function checkConditions(conditions: Conditions | undefined, key: string): RuleProblem[] {
  if (conditions === undefined) return [];
  if (Object.values(conditions).every((part) => Object.keys(part ?? {}).length === 0)) {
    const message =
      'expected at least one condition, got none. Ask for a fact of packages, machine, broker or process.';
    return [{ path: [key], message }];
  }
  return wantedIn(conditions).flatMap(({ sheet, name, wanted, fact }) => {
    const { values } = fact;
    if (values === 'word' || values === 'number' || values === 'flag') return [];
    const decides = values.some((value) => !isWanted(value, wanted));
    const message = `expected some of ${values.join(', ')}, got all of them. Leave it out.`;
    return decides ? [] : [{ path: [key, sheet, name], message }];
  });
}

/** Every fact that conditions ask for. */
export function wantedIn(conditions: Conditions): {
  readonly sheet: SheetName;
  readonly name: string;
  readonly wanted: Wanted;
  readonly fact: FactName;
}[] {
  return (Object.keys(sheets) as SheetName[]).flatMap((sheet) => {
    const names: Readonly<Partial<Record<string, FactName>>> = sheets[sheet];
    return Object.entries(conditions[sheet] ?? {}).flatMap(([name, wanted]) => {
      const fact = names[name];
      return fact ? [{ sheet, name, wanted, fact }] : [];
    });
  });
}
