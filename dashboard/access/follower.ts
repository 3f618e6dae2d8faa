import type { Request, Response } from 'express';

/** How long an answer may go on for somebody who is nobody any more, in ms. */
const everyMs = 2000;

/**
 * Ends answers that are still going on, such as events, when whoever asked for them has logged out or
 * was taken out of the password file.
 * @param isKnown whether the sender of a request is still somebody; one that throws knows nobody.
 */
export function createFollower(isKnown: (request: Request) => boolean) {
  const open = new Map<Response, Request>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    for (const [response, request] of open) {
      if (!isStillKnown(request)) response.destroy();
    }
  };
  const isStillKnown = (request: Request) => {
    try {
      return isKnown(request);
    } catch {
      return false;
    }
  };
  return {
    follow: (request: Request, response: Response) => {
      open.set(response, request);
      timer ??= setInterval(look, everyMs).unref();
      response.once('close', () => {
        open.delete(response);
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
    },
  };
}
