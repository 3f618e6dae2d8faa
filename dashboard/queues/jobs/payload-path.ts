/** Where all of a job can be had, in pieces as the broker holds them. */
export function payloadPath(queue: string, job: string): string {
  return `/ops/api/queues/${encodeURIComponent(queue)}/jobs/${encodeURIComponent(job)}/payload`;
}
