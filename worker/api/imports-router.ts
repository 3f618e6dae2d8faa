import { Router } from 'express';
import { importRoutes } from './import-routes.ts';
import type { ImportService } from './import-service.ts';
import { describeApi } from './openapi.ts';
import { portfolioRoutes } from './portfolio-routes.ts';
import { answerProblems } from './problem.ts';
import { routerOf, type Route } from './route.ts';

/** Every route of the API. */
export function apiRoutes(service: ImportService): readonly Route[] {
  const routes = [...importRoutes(service), ...portfolioRoutes(service.database)];
  const document: Route = {
    method: 'get',
    path: '/openapi.json',
    name: 'readDescription',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1' } },
    handle: (_request, response) => {
      response.json(describeApi([...routes, document]));
    },
  };
  return [...routes, document];
}

/**
 * The API of the live worker: imports, portfolios, positions and transactions, as /openapi.json says.
 * Errors are problems (RFC 9457); 503 with Retry-After when the database does not answer.
 */
export function createImportsRouter(service: ImportService): Router {
  const router = Router();
  router.use(routerOf(apiRoutes(service)));
  router.use(answerProblems(service.onError));
  return router;
}
