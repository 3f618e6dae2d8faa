import { z } from 'zod';
import type { Answer, Route } from './route.ts';
import { problem } from './schemas.ts';

/** Kinds of body by which a file may come. */
const fileBody = {
  required: true,
  content: {
    'text/csv': { schema: { type: 'string', format: 'binary' } },
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' } },
        required: ['file'],
      },
    },
  },
};

/** What any route may answer beside its own answers. */
const always: Readonly<Record<number, Answer>> = {
  500: { description: 'The server failed', schema: problem },
  503: { description: 'The database does not answer. See Retry-After', schema: problem },
};

/** The OpenAPI document of the routes. */
export function describeApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas: Components = {};
  for (const route of routes) {
    const operations = (paths[route.path] ??= {});
    operations[route.method] = describeRoute(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'poolproof imports',
      version: '1',
      description:
        'Imports portfolios of transactions and shows what is held. Errors are RFC 9457.',
    },
    paths,
    components: { schemas },
  };
}

/** Schemas that several answers share, by their names. */
type Components = Record<string, object>;

function describeRoute(
  { name, summary, path, query, headers, takesFile, answers }: Route,
  components: Components,
) {
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, id]) => ({
      name: id,
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...parametersOf('query', query, components),
    ...parametersOf('header', headers, components),
  ];
  const responses = Object.entries({ ...always, ...answers }).map(([status, answer]) => [
    status,
    describeAnswer(Number(status), answer, components),
  ]);
  return {
    operationId: name,
    summary,
    parameters,
    ...(takesFile ? { requestBody: fileBody } : {}),
    responses: Object.fromEntries(responses) as unknown,
  };
}

function parametersOf(
  place: 'query' | 'header',
  schema: z.ZodObject | undefined,
  components: Components,
) {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input', components) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

function describeAnswer(
  status: number,
  { description, schema, type }: Answer,
  components: Components,
) {
  const usual = status >= 400 ? 'application/problem+json' : 'application/json';
  if (!schema && type === undefined) return { description };
  const content = schema ? { schema: jsonSchemaOf(schema, 'output', components) } : {};
  return { description, content: { [type ?? usual]: content } };
}

/** A schema whose named parts are components of the document. */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', components: Components): object {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  delete made.$schema;
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, ...rest } = JSON.parse(text) as { $defs?: Record<string, object> };
  Object.assign(components, $defs);
  return rest;
}
