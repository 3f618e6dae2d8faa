import pLimit from 'p-limit';
import { cellName, type Cell } from '../../../catalog/evidence/schema.ts';
import type { Platform } from '../../../catalog/writeup/schema.ts';
import { choiceFor, type BrokerChoices } from '../brokers/broker.ts';
import type { BrokerNeed } from '../brokers/need.ts';
import { NotRun } from '../not-run.ts';
import { readinessName, type Prepared, type Readiness } from './prepared.ts';
import { platformOf } from './platforms.ts';

/** More at once only take longer each. */
const installsAtOnce = 4;

type Progress = (message: string) => void;

/** A cell to be made ready, and the broker that its runs will need. */
export interface WantedCell {
  readonly cell: Cell;
  readonly needs: BrokerNeed;
}

/**
 * Makes every cell ready, or says why it cannot be run here.
 * Nothing is installed for a cell whose broker is missing, or whose platform was not asked for.
 */
export async function prepareCells(
  wanted: readonly WantedCell[],
  brokers: BrokerChoices,
  asked: Platform | undefined,
  progress: Progress,
): Promise<Record<string, Readiness>> {
  const prepared = new Map<string, Promise<Prepared>>();
  // Installing is a matter of the network, the disk and the processor in turns.
  const limit = pLimit(installsAtOnce);
  const readiness: Record<string, Readiness> = {};
  await Promise.all(
    wanted.map(async ({ cell, needs }) => {
      const name = readinessName(cell);
      const whyNot =
        notAskedFor(cell, asked) ?? platformOf(cell).whyNot(cell) ?? missing(needs, cell, brokers);
      if (whyNot !== undefined) {
        readiness[name] ??= { whyNot };
        return;
      }
      const same = preparedAlike(cell);
      const preparing = prepared.get(same) ?? limit(() => platformOf(cell).prepare(cell, progress));
      prepared.set(same, preparing);
      readiness[name] = await readinessOf(preparing);
    }),
  );
  return readiness;
}

/** Cells of this same name are prepared once: the pool and an emulation come in at the start of a worker. */
function preparedAlike(cell: Cell): string {
  return cellName({ ...cell, pool: 'solo', emulate: undefined });
}

/** Wine brings hundreds of megabytes of Windows along, and its runs are slow: nobody gets it unasked. */
function notAskedFor({ platform }: Cell, asked: Platform | undefined): string | undefined {
  return platform === 'wine' && asked !== 'wine'
    ? 'wine: runs only when asked for; type: --platform wine'
    : undefined;
}

function missing(need: BrokerNeed, cell: Cell, brokers: BrokerChoices): string | undefined {
  if (need.kind === 'nothing') return undefined;
  const choice = choiceFor(need, brokers);
  if (choice.how === 'missing') return choice.reason;
  if (need.kind === 'any' && choice.how === 'embedded' && !knowsPostgres(cell)) {
    return `${cell.engine} ${cell.version} keeps jobs in Redis alone, and there is none; type: --broker fetched`;
  }
  return cell.launch === 'container' && (choice.how === 'native' || choice.how === 'fetched')
    ? `a container does not reach a ${choice.how} broker; type: --broker container`
    : undefined;
}

/** BullMQ does, from version 6 on. */
function knowsPostgres({ engine, version }: Cell): boolean {
  return engine === 'bullmq' && Number(version.split('.')[0]) >= 6;
}

async function readinessOf(preparing: Promise<Prepared>): Promise<Readiness> {
  try {
    return { prepared: await preparing };
  } catch (error) {
    if (error instanceof NotRun) return { whyNot: error.message };
    throw error;
  }
}
