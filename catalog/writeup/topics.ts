/**
 * What a failure is about, as its reader would look for it: the sections of the list of bugs, in their
 * order. One that is missing is a line here.
 */
export const topics = {
  start: 'Installing and starting',
  broker: 'Broker and connections',
  jobs: 'Lost, stuck and repeated jobs',
  locks: 'Stalled jobs and locks',
  pools: 'Pools and child processes',
  windows: 'Windows',
  schedules: 'Schedules and delays',
  data: 'Job data and results',
  stopping: 'Stopping and deploying',
} as const;

export type Topic = keyof typeof topics;
export const topicNames = Object.keys(topics) as [Topic, ...Topic[]];
