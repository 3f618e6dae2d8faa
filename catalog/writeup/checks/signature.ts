import { didYouMean } from '../../problem/did-you-mean.ts';
import { holesOf, literalLength } from '../../signature/template.ts';
import type { Contradiction } from '../contradiction.ts';
import type { Path } from '../frontmatter.ts';
import type { Signature } from '../schema.ts';

/** Fewer characters than these would find the message in any log. */
const fewestLiterals = { template: 8, others: 3 };
/** Each combination of values is looked for by itself. */
const mostCombinations = 64;

/** What the schema cannot see of one signature. */
export function checkSignature(signature: Signature, index: number): Contradiction[] {
  const { template, near, not = [], unless = [] } = signature;
  const path = ['signatures', index];
  const others = Object.entries({ near, not, unless });
  return [
    ...tooVague([...path, 'template'], template, fewestLiterals.template),
    ...others.flatMap(([key, texts]) =>
      texts.flatMap((text, at) => tooVague([...path, key, at], text, fewestLiterals.others)),
    ),
    ...checkValues(signature, [...path, 'where']),
    ...checkPerhaps(signature, path),
  ];
}

function tooVague(path: Path, template: string, fewest: number): Contradiction[] {
  const got = literalLength(template);
  const message = `expected at least ${fewest} characters outside of {…}, got ${got}. Spell out more of the message.`;
  return got < fewest ? [{ path, message }] : [];
}

function checkValues({ template, where = {} }: Signature, path: Path): Contradiction[] {
  const holes = holesOf(template);
  const unknown = Object.keys(where).filter((name) => !holes.includes(name));
  const combinations = holes.reduce((count, name) => count * (where[name]?.length ?? 1), 1);
  return [
    ...unknown.map((name) => ({
      path: [...path, name],
      message: `expected the name of a hole of the template (${holes.join(', ') || 'it has none'}), got "${name}".${didYouMean(name, holes)}`,
    })),
    ...(combinations > mostCombinations
      ? [
          {
            path,
            message: `expected at most ${mostCombinations} combinations of values, got ${combinations}. Write a signature for each kind.`,
          },
        ]
      : []),
  ];
}

function checkPerhaps({ perhaps, check }: Signature, path: Path): Contradiction[] {
  const message =
    'expected "check" beside "perhaps", got none. Say what tells this bug from others.';
  return perhaps && check === undefined ? [{ path: [...path, 'perhaps'], message }] : [];
}
