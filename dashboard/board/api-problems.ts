import { Router, type RequestHandler } from 'express';
import { sendProblem } from '../../worker/api/problem.ts';
import { placeholderKey } from '../queues/jobs/limits.ts';

/** What Bull Board answers when it refuses or fails. */
interface BoardError {
  readonly error?: { readonly key?: string } | string;
  readonly message?: unknown;
}

/**
 * Makes the board's API answer errors as everything here does (RFC 9457), with the members that Bull
 * Board's own pages read. What it would tell of an error that nobody expected stays in the log.
 */
export function answerBoardProblems(onError: (error: Error) => void): RequestHandler {
  return (_request, response, next) => {
    const json = response.json.bind(response);
    response.json = (body: unknown) => {
      const status = response.statusCode;
      if (status < 400) return json(body);
      const { error, message, ...others } = (body ?? {}) as BoardError;
      const key = typeof error === 'string' ? error : error?.key;
      if (status === 500)
        onError(
          new Error(`The board failed: ${typeof message === 'string' ? message : (key ?? '')}`),
        );
      const said = typeof message === 'string' && status !== 500 ? message : undefined;
      const detail =
        said ??
        (status === 500
          ? 'Something that was not expected went wrong. The log tells what.'
          : `The board refused: ${key ?? 'no reason is known'}`);
      response.json = json;
      sendProblem(response, status, detail, {
        ...others,
        error: typeof error === 'object' ? error : { key: key ?? 'ERRORS.INTERNAL_SERVER_ERROR' },
        message: typeof message === 'object' ? message : detail,
      });
      return response;
    };
    next();
  };
}

/** Answers what the board's API does not know: everything else at this address is a page. */
export function unknownToBoard(): Router {
  return Router().use('/api', (request, response) => {
    sendProblem(response, 404, `expected a path of the board's API, got ${request.originalUrl}`);
  });
}

/** Whether somebody is about to write back what only stood in the place of data. */
export function holdsPlaceholder(body: unknown): boolean {
  return JSON.stringify(body ?? null).includes(`"${placeholderKey}"`);
}
