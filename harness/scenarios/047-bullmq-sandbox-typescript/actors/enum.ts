/** TypeScript that has to be translated: an enum is no type alone. */
// @ts-expect-error: this repository allows types alone, and that is what the claim is about.
enum Factor {
  Two = 2,
}

interface Doubling {
  readonly data: readonly [number];
}

export default function double(job: Doubling): number {
  return Factor.Two * job.data[0];
}
