/** TypeScript that becomes JavaScript when its types are left out. */
interface Doubling {
  readonly data: readonly [number];
}

export default function double(job: Doubling): number {
  return 2 * job.data[0];
}
