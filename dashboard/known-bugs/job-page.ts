/** The address of the page that tells of one failed job. @param queue the id of its queue. */
export function jobPagePath(queue: string, job: string): string {
  return `/ops/failures/job?${new URLSearchParams({ queue, job }).toString()}`;
}
