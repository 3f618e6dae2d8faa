import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { valid } from '../../worker/api/route.ts';
import { reasonOf } from '../health/reason.ts';
import { Refusal } from '../../worker/api/problem.ts';

const parse: RequestHandler = express.json({ limit: '64kb' });

/**
 * The JSON that a request brings, as a schema reads it.
 * @throws Refusal with 400 and one line for each member that is wrong, 413 for more than 64 KiB.
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  response: Response,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  parse(request, response, (error: unknown) => {
    if (error === undefined) resolve(undefined);
    else reject(error);
  });
  try {
    await promise;
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 413) throw new Refusal(413, 'expected at most 64 KiB of JSON, got more');
    throw new Refusal(400, `expected JSON as the body, got ${reasonOf(error)}`);
  }
  return valid(schema, request.body ?? {});
}
