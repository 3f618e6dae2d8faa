import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { Refusal, sendProblem } from './problem.ts';

/** One answer of a route: what it means, and the shape of its body. */
export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default: application/json, or application/problem+json from 400 on. */
  readonly type?: string;
}

type Parameters = z.ZodObject;

/** One operation of the API. The router and the OpenAPI document are both made of these. */
export interface Route {
  readonly method: 'get' | 'post';
  /** With parameters in braces: /imports/{id}. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly query?: Parameters;
  readonly headers?: Parameters;
  /** Whether a file is expected as the body. */
  readonly takesFile?: true;
  readonly answers: Readonly<Record<number, Answer>>;
  readonly handle: (request: Request, response: Response) => Promise<void> | void;
}

/** Serves routes; another method on their paths is 405, another path below them 404. */
export function routerOf(routes: readonly Route[]): Router {
  const router = Router();
  for (const { method, path, handle } of routes) router[method](pathOf(path), handle);
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    const allowed = [...methods, ...(methods.includes('get') ? ['head'] : []), 'options'];
    const allow = allowed.map((method) => method.toUpperCase()).join(', ');
    router.options(pathOf(path), (_request, response) => {
      response.set('allow', allow).status(204).end();
    });
    router.all(pathOf(path), (request, response) => {
      response.set('allow', allow);
      sendProblem(response, 405, `expected ${allow}, got ${request.method}`);
    });
  }
  const roots = new Set(routes.map(({ path }) => /^\/[^/]+/.exec(path)?.[0] ?? path));
  router.use([...roots], (request, response) => {
    sendProblem(
      response,
      404,
      `expected a path such as ${[...roots].join(', ')}, got ${request.originalUrl}`,
    );
  });
  return router;
}

function pathOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/**
 * The parameters of a request, as their schema reads them.
 * @throws Refusal with 400 and one line for each that is wrong.
 */
export function valid<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, z.prettifyError(parsed.error));
}

/** A name that people give: no control characters, for which PostgreSQL and terminals have no place. */
const nameOf = (what: string, longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)

    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, `expected ${what} without control characters`);

export const portfolioName = nameOf('a portfolio', 64);
export const symbolName = nameOf('a symbol', 32);

const mostListed = 500;

/** How many entries one answer lists, and the place in the list to go on from. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `expected a whole number from 1 to ${mostListed}`)
    .transform(Number)
    .refine((limit) => limit <= mostListed, `expected at most ${mostListed}`)
    .default(50)
    .meta({ type: 'integer', minimum: 1, maximum: mostListed }),
};

/** The address of the next page of a list; null after the last one. */
export function nextPage(request: Request, place: Readonly<Record<string, string>> | null) {
  if (place === null) return null;
  const url = new URL(request.originalUrl, 'http://localhost');
  for (const [name, value] of Object.entries(place)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}
