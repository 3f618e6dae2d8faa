import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../worker/api/problem.ts';
import { valid } from '../../worker/api/route.ts';
import type { Access } from '../access/access.ts';
import type { AuditPage } from '../access/audit-page.ts';
import type { Feature } from '../feature.ts';
import type { Pages } from '../pages/page.ts';
import { pageRoute } from '../pages/page-route.ts';

const mostListed = 200;
const text = z
  .string()
  .trim()
  .max(200)
  .optional()
  .transform((value) => (value === '' ? undefined : value));
const time = z
  .union([z.literal(''), z.iso.datetime({ offset: true })])
  .optional()
  .transform((value) => (value ? new Date(value) : undefined));
const querySchema = z.strictObject({
  person: text,
  queue: text,
  action: text,
  from: time,
  to: time,
  before: z.string().max(8000).optional(),
  limit: z.coerce.number().int().min(1).max(mostListed).default(50),
});

interface AuditParts {
  readonly access: Access;
  readonly pages: Pages;
}

/** Who did what: the audit log, for admins. */
export function createAuditFeature({ access, pages }: AuditParts): Feature {
  return {
    name: 'audit',
    navigation: { text: 'Audit log', path: '/ops/audit', role: 'admin' },
    browser: path.join(import.meta.dirname, 'browser'),
    routes: [
      pageRoute(
        pages,
        '/ops/audit',
        {
          title: 'Audit log',
          lead: 'Who changed what, newest first. Each line was written before the change was answered.',
          script: 'audit/browser/page.ts',
          style: 'audit/browser/page.css',
        },
        'admin',
      ),
      {
        method: 'get',
        path: '/ops/api/audit',
        role: 'admin',
        handle: async (request, response) => {
          if (access.trail === undefined) {
            throw new Refusal(404, 'No audit log is kept here. Start with: --audit FILE');
          }
          const page: AuditPage = await access.trail(valid(querySchema, request.query));
          response.set('Cache-Control', 'no-store').json(page);
        },
      },
    ],
  };
}
