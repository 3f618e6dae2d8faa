import { z } from 'zod';
import type { Database } from '../database/open.ts';
import { readPositions } from '../positions/read-positions.ts';
import { listPortfolios, listTransactions } from './lists.ts';
import {
  nextPage,
  pageQuery,
  portfolioName,
  symbolName,
  valid,
  type Answer,
  type Route,
} from './route.ts';
import { portfolioList, positionList, problem, transactionList } from './schemas.ts';

const portfolio = portfolioName.default('default');
const portfoliosQuery = z.strictObject({ after: portfolioName.optional(), ...pageQuery });
const positionsQuery = z.strictObject({ portfolio });
const transactionsQuery = z.strictObject({
  portfolio,
  symbol: symbolName.optional(),
  import: z.uuid().optional(),
  after: z
    .string()
    .regex(/^\d{1,18}\.\d{1,9}$/, 'expected the place that `next` names')
    .optional(),
  ...pageQuery,
});
const badRequest: Answer = { description: 'A parameter is wrong', schema: problem };

/** What the imports have made of the portfolios. */
export function portfolioRoutes(database: Database): Route[] {
  return [
    {
      method: 'get',
      path: '/portfolios',
      name: 'listPortfolios',
      summary: 'The portfolios, by name',
      query: portfoliosQuery,
      answers: { 200: { description: 'One page', schema: portfolioList }, 400: badRequest },
      handle: async (request, response) => {
        const { portfolios, next } = await listPortfolios(
          database,
          valid(portfoliosQuery, request.query),
        );
        response.json({ portfolios, next: nextPage(request, next) });
      },
    },
    {
      method: 'get',
      path: '/positions',
      name: 'readPositions',
      summary: 'What is held in a portfolio, by symbol',
      query: positionsQuery,
      answers: { 200: { description: 'The positions', schema: positionList }, 400: badRequest },
      handle: async (request, response) => {
        const query = valid(positionsQuery, request.query);
        response.json({ ...query, positions: await readPositions(database, query.portfolio) });
      },
    },
    {
      method: 'get',
      path: '/transactions',
      name: 'listTransactions',
      summary: 'The transactions of a portfolio, in the order of their imports and lines',
      query: transactionsQuery,
      answers: { 200: { description: 'One page', schema: transactionList }, 400: badRequest },
      handle: async (request, response) => {
        const query = valid(transactionsQuery, request.query);
        const { transactions, next } = await listTransactions(database, query);
        response.json({
          portfolio: query.portfolio,
          transactions,
          next: nextPage(request, next),
        });
      },
    },
  ];
}
