/** A badge to cite a bug with: its id, and what is known of it. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { testedBugs } from '../../collections.ts';
import { badge } from '../../export/badge.ts';
import { textFile } from '../../export/respond.ts';
import type { TestedBug } from '../../model/bug.ts';

export const getStaticPaths = (async () =>
  (await testedBugs()).map((bug) => ({
    params: { slug: bug.number },
    props: { bug },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ bug: TestedBug }> = ({ props: { bug } }) =>
  textFile(badge(bug), 'image/svg+xml');
