import { alertsFeature } from './alerts/alerts.ts';
import { createAuditFeature } from './audit/audit-feature.ts';
import { failures } from './failures/feature.ts';
import type { Feature } from './feature.ts';
import type { Parts } from './parts.ts';
import { payload } from './payload/feature.ts';
import { searchJobs } from './search/feature.ts';
import { workersFeature } from './workers/workers.ts';

/** What the dashboard can do, a row each, in the order of the navigation. */
export const features: readonly ((parts: Parts) => Feature)[] = [
  alertsFeature,
  failures,
  workersFeature,
  searchJobs,
  payload,
  createAuditFeature,
];
