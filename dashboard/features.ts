import { createAuditFeature } from './audit/audit-feature.ts';
import type { Feature } from './feature.ts';
import { failures } from './failures/feature.ts';
import { searchJobs } from './search/feature.ts';
import type { Parts } from './parts.ts';

/** What the dashboard can do, a row each, in the order of the navigation. */
export const features: readonly ((parts: Parts) => Feature)[] = [
  failures,
  searchJobs,
  createAuditFeature,
];
