import type { APIRoute } from 'astro';
import { testedBugs } from '../collections.ts';
import { publishedBrief } from '../export/published.ts';
import { jsonFile } from '../export/respond.ts';

export const GET: APIRoute = async () =>
  jsonFile({ $schema: '/schema/bugs.json', bugs: (await testedBugs()).map(publishedBrief) });
