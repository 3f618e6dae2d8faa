import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Access, AuditIntent } from './access.ts';

/** What is written, by whom. */
export type Write = Pick<AuditIntent, 'person' | 'action' | 'queue' | 'subject'>;

/** The answer to a write that cannot be audited, with 503. */
export const notAudited =
  'What is written has to be in the audit log, and the audit log cannot be written to ' +
  '(is its disk full?). Nothing was done. Make room for it, then try again';

/**
 * Keeps in the audit log that a write was asked for, and before its answer ends what came of it.
 * @returns whether it may be done. What cannot be audited must not be.
 */
export async function record(
  access: Access,
  request: Request,
  response: Response,
  write: Write,
): Promise<boolean> {
  const intent = intentOf(request, write);
  try {
    await access.intend(intent);
  } catch {
    return false;
  }
  auditAnswer(response, (status) => access.audit({ ...intent, at: new Date(), status }));
  return true;
}

/** Keeps that a write was refused, before it is answered. That it is refused does not hang on the log. */
export async function recordRefusal(
  access: Access,
  request: Request,
  write: Write,
  status: number,
): Promise<void> {
  const entry = { ...intentOf(request, write), id: undefined, status };
  await access.audit(entry).catch(() => undefined);
}

function intentOf(request: Request, write: Write): AuditIntent {
  const id = randomBytes(9).toString('base64url');
  return { at: new Date(), id, peer: request.ip, ...write };
}

/** Holds the end of the answer until what came of it is kept. */
function auditAnswer(response: Response, keep: (status: number) => Promise<void>): void {
  const end = response.end.bind(response) as (...parts: unknown[]) => Response;
  let kept: Promise<void> | undefined;
  // It is done by now: an answer that said otherwise would have it done twice. What was asked is kept.
  const keepOnce = (status: number) => (kept ??= keep(status).catch(() => undefined));
  response.end = (...parts: unknown[]) => {
    if (kept !== undefined) return response;
    // What comes after this must not change what was answered.
    if (!response.headersSent) response.writeHead(response.statusCode);
    void keepOnce(response.statusCode).then(() => end(...parts));
    return response;
  };
  response.once('close', () => void keepOnce(0));
}
