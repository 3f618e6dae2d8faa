import type { Detector } from './detector.ts';
import { backlogWithoutWorkers } from './kinds/backlog-without-workers.ts';
import { brokerConnections } from './kinds/broker-connections.ts';
import { brokerMemory } from './kinds/broker-memory.ts';
import { failureRate } from './kinds/failure-rate.ts';
import { lockRenewalsFailing } from './kinds/lock-renewals-failing.ts';
import { loopBlocked } from './kinds/loop-blocked.ts';
import { oldestWaitingJob } from './kinds/oldest-waiting-job.ts';
import { stalledJobs } from './kinds/stalled-jobs.ts';
import { versionSkew } from './kinds/version-skew.ts';
import { workerSilent } from './kinds/worker-silent.ts';

/** What is looked for, a row each. */
export const detectors: readonly Detector[] = [
  backlogWithoutWorkers,
  stalledJobs,
  lockRenewalsFailing,
  failureRate,
  oldestWaitingJob,
  brokerMemory,
  brokerConnections,
  workerSilent,
  loopBlocked,
  versionSkew,
];
