import { getCollection } from 'astro:content';
import { testedBug, type TestedBug } from './model/bug.ts';

/** All bugs with what is known of them, by id. */
export async function testedBugs(): Promise<TestedBug[]> {
  const evidence = (await getCollection('evidence')).map(({ data }) => data);
  const bugs = await getCollection('bugs');
  return bugs
    .map(({ id, data }) => testedBug(id, data, evidence))
    .toSorted((a, b) => a.id.localeCompare(b.id));
}
