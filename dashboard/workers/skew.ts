import type { WorkerRecord } from '../../worker/registry/record.ts';

type Versions = Pick<WorkerRecord, 'id' | 'engine' | 'node'>;

const order = new Intl.Collator('en', { numeric: true });

/** How the versions of a worker differ from the newest beside it, in words; nothing where they do not. */
export function skewOf(worker: Versions, all: readonly Versions[]): string[] {
  return [
    older(
      'bullmq',
      worker.engine,
      all.map(({ engine }) => engine),
    ),
    older(
      'Node',
      worker.node,
      all.map(({ node }) => node),
    ),
  ].filter((one) => one !== undefined);
}

function older(
  name: string,
  mine: string | undefined,
  all: readonly (string | undefined)[],
): string | undefined {
  const newest = all
    .filter((one) => one !== undefined)
    .toSorted(order.compare)
    .at(-1);
  if (mine === undefined || newest === undefined || mine === newest) return undefined;
  const others = all.filter((one) => one === newest).length;
  const says = others === 1 ? 'another worker of this queue runs' : `${others} others run`;
  return `${name} ${mine}: ${says} ${newest}`;
}
