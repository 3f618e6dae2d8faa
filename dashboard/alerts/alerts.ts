import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../worker/api/problem.ts';
import { pagePath } from '../../catalog/page.ts';
import type { Person } from '../access/person.ts';
import { bugsOf } from '../detectors/shown-bugs.ts';
import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import { Live } from '../live/live.ts';
import { deliver } from './deliver.ts';
import { Monitor, type Standing } from './monitor.ts';
import { keptAlertSchema, type KeptAlert } from './store.ts';
import { pageRoute } from '../pages/page-route.ts';

/** How often a page that is open is told, in milliseconds. */
const everyMs = 2000;

/** What `/ops/api/alerts` answers, and each event of `/ops/api/alerts/events`. */
const standingSchema = z.object({
  firing: z.array(keptAlertSchema),
  pending: z.array(
    z.object({ detector: z.string(), name: z.string(), since: z.number(), says: z.string() }),
  ),
  recent: z.array(keptAlertSchema),
  measuredAt: z.number(),
  says: z.string(),
  undelivered: z.array(z.object({ at: z.number(), says: z.string() })),
});
export type ShownStanding = z.output<typeof standingSchema>;

/** What `/ops/api/alerts/detectors` answers. */
const detectorsSchema = z.object({
  detectors: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      measures: z.string(),
      unit: z.string(),
      thresholds: z.object({
        on: z.number(),
        onForSeconds: z.number(),
        off: z.number(),
        offForSeconds: z.number(),
        cooldownSeconds: z.number(),
      }),
      bugs: z.array(z.object({ bug: z.string(), title: z.string(), page: z.string() })),
    }),
  ),
  /** Names and kinds alone. */
  webhooks: z.array(z.object({ name: z.string(), kind: z.string() })),
});
export type ShownDetectors = z.output<typeof detectorsSchema>;

/** Alerts: what is wrong now and was lately, which bug it may be, and who is told. */
export function alertsFeature({ queues, pages, writeups, alerts, onError }: Parts): Feature {
  const monitor = new Monitor({ queues, writeups, settings: alerts, onError });
  const live = new Live(() => Promise.resolve(monitor.standing()), everyMs);
  const known = detectorsSchema.parse({
    detectors: alerts.detectors.map((detector) => ({
      ...detector,
      bugs: bugsOf(detector, writeups).map(({ id, title, slug }) => ({
        bug: id,
        title,
        page: pagePath(slug),
      })),
    })),
    webhooks: alerts.webhooks,
  });
  return {
    name: 'alerts',
    navigation: { text: 'Alerts', path: '/ops/alerts' },
    browser: path.join(import.meta.dirname, 'browser'),
    start: () => {
      monitor.start();
      return {
        [Symbol.asyncDispose]: async () => {
          live[Symbol.dispose]();
          await monitor[Symbol.asyncDispose]();
        },
      };
    },
    routes: [
      pageRoute(pages, '/ops/alerts', {
        title: 'Alerts',
        lead: 'What is wrong now, what was, and which documented bug shows itself so.',
        script: 'alerts/browser/alerts.ts',
      }),
      {
        method: 'get',
        path: '/ops/api/alerts',
        role: 'viewer',
        handle: (_request, response, { person }) => {
          response.json(viewOf(monitor.standing(), person));
        },
      },
      {
        method: 'get',
        path: '/ops/api/alerts/events',
        role: 'viewer',
        handle: (request, response, { person }) => {
          live.stream(request, response, (standing) => viewOf(standing, person));
        },
      },
      {
        method: 'get',
        path: '/ops/api/alerts/detectors',
        role: 'viewer',
        handle: (_request, response) => {
          response.json(known);
        },
      },
      {
        method: 'post',
        path: '/ops/api/alerts/webhooks/:webhook/test',
        role: 'admin',
        audit: 'send a test alert',
        handle: async (request, response) => {
          const webhook = alerts.webhooks.find(({ name }) => name === request.params.webhook);
          if (!webhook) {
            throw new Refusal(404, `expected a webhook, got "${String(request.params.webhook)}"`);
          }
          const signal = AbortSignal.timeout(15_000);
          const { address } = alerts;
          await deliver({ webhook, alert: testAlert(), address, signal, waits: [] }).catch(
            (error: unknown) => {
              throw new Refusal(503, error instanceof Error ? error.message : String(error));
            },
          );
          response.status(204).end();
        },
      },
    ],
  };
}

/** What somebody may see: alerts of their queues, and those of the broker. */
function viewOf(standing: Standing, { sees }: Person): ShownStanding {
  const mine = <One extends { queue?: string | undefined }>(all: readonly One[]) =>
    all.filter(({ queue }) => queue === undefined || sees(queue));
  return standingSchema.parse({
    ...standing,
    // Once in five seconds is enough: what is the same is not sent again.
    firing: mine(standing.firing),
    pending: mine(standing.pending),
    recent: mine(standing.recent).slice(0, 50),
  });
}

function testAlert(): KeptAlert {
  const now = Date.now();
  return {
    id: `test-${randomUUID()}`,
    detector: 'test',
    title: 'A test of this webhook',
    subject: 'test',
    name: 'nothing is wrong',
    state: 'firing',
    since: now,
    firedAt: now,
    value: 0,
    unit: '',
    says: 'Somebody pressed the button of the dashboard.',
    bugs: [],
  };
}
