import { didYouMean } from '../problem/did-you-mean.ts';
import type { Problem } from '../problem/problem.ts';
import type { Writeup } from '../writeup/schema.ts';
import type { Check, ScenarioFolder } from './project.ts';

/** Every claim is put to the test by one function of its scenario, and every function tests a claim. */
export const claimAndFunction: Check = ({ writeups, scenarios }) =>
  writeups.flatMap((writeup) => {
    const scenario = scenarios.find(({ slug }) => slug === writeup.slug);
    return scenario?.calls
      ? [...untested(writeup, scenario), ...unclaimed(writeup, scenario, scenario.calls)]
      : [];
  });

function untested({ file, claims }: Writeup, { calls, file: scenario }: ScenarioFolder): Problem[] {
  return claims
    .filter(({ id }) => !calls?.some((call) => call.id === id))
    .map(({ id }) => ({
      file,
      message: `expected a function for the claim "${id}", got none. Write claim('${id}', …) in ${scenario}.`,
    }));
}

function unclaimed(
  { claims, file: writeup }: Writeup,
  { file }: ScenarioFolder,
  calls: NonNullable<ScenarioFolder['calls']>,
): Problem[] {
  const ids = claims.map(({ id }) => id);
  return calls.flatMap(({ id, line, column }, index) => {
    const message = complaint(id, index);
    return message === undefined ? [] : [{ file, line, column, message }];
  });

  function complaint(id: string | undefined, index: number): string | undefined {
    if (id === undefined)
      return `expected claim('id', …) with the id as a string, got another expression. Write the id out.`;
    if (!ids.includes(id))
      return `expected the id of a claim of ${writeup}, got "${id}".${didYouMean(id, ids)} There are: ${ids.join(', ')}`;
    if (calls.findIndex((call) => call.id === id) < index)
      return `expected one function for the claim "${id}", got another. Join them.`;
    return undefined;
  }
}
