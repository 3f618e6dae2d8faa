/** What the front page diagnoses logs with. It is asked for when somebody is about to paste one. */
import type { APIRoute } from 'astro';
import { historyOf } from '../../catalog/diagnose/version-history.ts';
import { testedBugs } from '../collections.ts';
import { knownBug } from '../paste/known-bug.ts';

export const GET: APIRoute = async () => {
  const bugs = await testedBugs();
  const known = bugs.map((bug) =>
    knownBug(
      bug,
      historyOf(
        bug,
        bug.claims.flatMap(({ results }) => results),
      ),
    ),
  );
  return new Response(JSON.stringify(known), { headers: { 'content-type': 'application/json' } });
};
