import type { Explainer } from './explain.ts';
import { titleOf, type JobQueue } from '../jobs/job-queue.ts';
import { readFailure } from '../jobs/failures.ts';
import type { FailedJob } from '../jobs/failed-job.ts';
import { figuresOf, reachOf, type Failure, type FailureGroup } from './groups.ts';
import { perQueue, type Look } from './look.ts';
import { groupShape, jobShape, listShape } from './shapes.ts';
import type { FailureList, GroupDetail, JobDetail, ListedGroup, Sample } from './shapes.ts';

/** Groups that are listed: the largest. */
const mostGroups = 200;
const mostSamples = 20;
const longestMessage = 1000;

/** The list of groups, with the bug of each that is known. */
export async function listOf(look: Look, explainer: Explainer): Promise<FailureList> {
  const { at, windows, groups } = look;
  const listed = groups.slice(0, mostGroups);
  const queues = windows.map(({ queue, window }) => ({
    id: queue.id,
    title: titleOf(queue),
    failed: window.failed,
    lookedAt: window.jobs.length,
    since: reachOf([{ queue, window }]) || null,
  }));
  return listShape.parse({
    at,
    stamp: look.stamp,
    perQueue,
    lookedAt: sum(queues.map((one) => one.lookedAt)),
    failed: sum(queues.map((one) => one.failed)),
    queues,
    problems: [...look.problems],
    groups: await Promise.all(
      listed.map(async (group) => ({
        ...told(group, look),
        known: await knownOf(group, explainer),
      })),
    ),
    groupsLeftOut: groups.length - listed.length,
  } satisfies FailureList);
}

/** One group, with samples and what is known of its newest job. */
export async function groupOf(
  group: FailureGroup,
  look: Look,
  explainer: Explainer,
): Promise<GroupDetail> {
  const [newest] = group.failures;
  if (newest === undefined) throw new Error('expected a group of failures, got an empty one');
  const whole = (await readFailure(newest.queue, newest.id)) ?? {
    ...newest,
    stacktrace: [newest.stack],
  };
  return groupShape.parse({
    ...told(group, look),
    at: look.at,
    samples: group.failures.slice(0, mostSamples).map((one) => sampleOf(one.queue, one)),
    failure: await explainer.detail(newest.queue, whole),
  } satisfies GroupDetail);
}

/** One failed job; undefined when it is not failed, or gone. */
export async function jobOf(
  queue: JobQueue,
  id: string,
  explainer: Explainer,
): Promise<JobDetail | undefined> {
  const failure = await readFailure(queue, id);
  if (failure === undefined) return undefined;
  return jobShape.parse({
    ...sampleOf(queue, failure),
    addedAt: failure.addedAt,
    failure: await explainer.detail(queue, failure),
  } satisfies JobDetail);
}

async function knownOf(group: FailureGroup, explainer: Explainer): Promise<ListedGroup['known']> {
  const [newest] = group.failures;
  const [best] = newest ? await explainer.bugsOf(newest) : [];
  if (best === undefined) return null;
  const { bug, title, level, fix, page, candidates } = best;
  return { bug, title, level, fix, page, ...(candidates && { candidates: [...candidates] }) };
}

function told(group: FailureGroup, { windows, at }: Look) {
  const { id, message, frame } = group;
  const figures = figuresOf(group, windows, at);
  return {
    id,
    message,
    frame: frame ? { text: frame.text, own: frame.own } : null,
    ...figures,
    queues: [...figures.queues],
    trend: { ...figures.trend, hourly: [...figures.trend.hourly] },
  };
}

function sampleOf(queue: JobQueue, failure: FailedJob | Failure): Sample {
  return {
    queue: queue.id,
    queueTitle: titleOf(queue),
    job: failure.id,
    name: failure.name,
    failedAt: failure.failedAt,
    attempts: failure.attempts,
    worker: failure.processedBy ?? null,
    message: failure.failedReason.slice(0, longestMessage),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
