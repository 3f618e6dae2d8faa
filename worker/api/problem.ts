import type { ErrorRequestHandler, Response } from 'express';
import { isDatabaseDown } from '../database/is-down.ts';
import { KeyReused } from '../import/stage-import.ts';
import type { OnError } from '../broker/connection.ts';

/** An error as the API answers it: RFC 9457, with members of its own where they help. */
interface ProblemDetails {
  /** The same for every occurrence of this problem: a path of this API's, to be compared. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What was expected, what was got, and what to do. */
  readonly detail: string;
  readonly [member: string]: unknown;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  403: 'The request is refused',
  404: 'There is nothing here',
  405: 'The method is not known here',
  408: 'The upload is too slow',
  409: 'The state does not allow this',
  411: 'The length is missing',
  413: 'The file is too large',
  415: 'The type of the body is not known',
  422: 'The file is rejected',
  500: 'The server failed',
  503: 'The server cannot do this at the moment',
};

const names: Readonly<Record<number, string>> = {
  400: 'bad-request',
  403: 'refused',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'too-slow',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-type',
  422: 'rejected',
  500: 'internal',
  503: 'unavailable',
};

/** Seconds after which a client may try again when the server says that it cannot now. */
const retryAfterSeconds = 5;

/** A request that is refused, with the HTTP status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.members = members;
  }
}

/** Answers a problem, as application/problem+json. */
export function sendProblem(
  response: Response,
  status: number,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): void {
  const problem: ProblemDetails = {
    ...members,
    type: `/problems/${names[status] ?? String(status)}`,
    title: titles[status] ?? 'The request failed',
    status,
    detail,
  };
  if (status === 503) response.set('retry-after', String(retryAfterSeconds));
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/**
 * Answers every error as a problem. What nobody expected is told to `onError`, and to the client only
 * that it happened: no message, path or stack of it leaves the server.
 */
export function answerProblems(onError: OnError): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // What is left of an upload is not read: the connection cannot be used again.
    if (!request.complete) response.set('connection', 'close');
    if (error instanceof Refusal) {
      sendProblem(response, error.status, error.message, error.members);
    } else if (error instanceof KeyReused) {
      sendProblem(response, 409, error.message);
    } else if (isDatabaseDown(error)) {
      sendProblem(
        response,
        503,
        'The database does not answer. Try again later, with the same Idempotency-Key: nothing counts twice.',
      );
    } else if (isClientError(error)) {
      sendProblem(response, 400, 'expected a well-formed path and query, got something else');
    } else {
      onError(error instanceof Error ? error : new Error(String(error)));
      sendProblem(response, 500, 'Something that was not expected went wrong. The log tells what.');
    }
  };
}

/** Express's own, such as for a path that is no percent-encoding. */
function isClientError(error: unknown): boolean {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
