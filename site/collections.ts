import { getCollection } from 'astro:content';
import type { Evidence } from '../catalog/evidence/schema.ts';
import { Sources } from '../catalog/evidence/digest.ts';
import { testedBug, type TestedBug } from './model/bug.ts';

let joined: Promise<TestedBug[]> | undefined;

/**
 * All bugs with what is known of them, by id. Joined once for all the pages of a build; the development
 * server, whose files change, joins them for each.
 */
export function testedBugs(): Promise<TestedBug[]> {
  return import.meta.env.DEV ? join() : (joined ??= join());
}

async function join(): Promise<TestedBug[]> {
  const evidence = (await getCollection('evidence')).map(({ data }) => data);
  const bySlug = Map.groupBy(evidence, ({ slug }) => slug);
  const bisections = (await getCollection('bisections')).map(({ data }) => data);
  const bugs = await getCollection('bugs');
  // Astro runs in the folder of the project; a module of a build does not lie where its source does.
  const sources = new Sources(process.cwd());
  return bugs
    .map(({ id, data }) => testedBug(id, data, bySlug.get(id) ?? [], sources, bisections))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** Every run that a page of the site shows. */
export async function recordedRuns(): Promise<Evidence[]> {
  return (await testedBugs()).flatMap(({ claims }) =>
    claims.flatMap(({ results }) => results.flatMap(({ evidence }) => evidence ?? [])),
  );
}
