import type { APIRoute, GetStaticPaths } from 'astro';
import { testedBugs } from '../../collections.ts';
import { publishedBug } from '../../export/published.ts';
import { jsonFile } from '../../export/respond.ts';
import type { TestedBug } from '../../model/bug.ts';

export const getStaticPaths = (async () =>
  (await testedBugs()).map((bug) => ({
    params: { slug: bug.slug },
    props: { bug },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ bug: TestedBug }> = ({ props: { bug } }) =>
  jsonFile({ $schema: '/schema/bug.json', ...publishedBug(bug) });
