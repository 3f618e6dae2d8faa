import type { APIRoute, GetStaticPaths } from 'astro';
import { z } from 'zod';
import { publishedBugSchema, publishedIndexSchema } from '../../export/published.ts';
import { jsonFile } from '../../export/respond.ts';

const schemas = { bug: publishedBugSchema, bugs: publishedIndexSchema };

export const getStaticPaths = (() =>
  Object.entries(schemas).map(([name, schema]) => ({
    params: { name },
    props: { schema },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ schema: z.ZodType }> = ({ props: { schema } }) =>
  // What it names today may be joined by more: readers ignore what they do not know.
  jsonFile(z.toJSONSchema(schema, { io: 'input' }));
