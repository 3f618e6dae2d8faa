import { cellName, type Cell } from '../../catalog/evidence/schema.ts';
import type { Platform } from '../../catalog/writeup/schema.ts';
import type { BrokerChoices } from '../brokers/broker.ts';
import { NotRun } from '../scenario/not-run.ts';
import type { Case, Readiness } from '../selection/plan.ts';
import type { Prepared } from './prepared.ts';
import { platformOf } from './platforms.ts';

type Progress = (message: string) => void;

/**
 * Makes ready every cell that the cases and their controls need, or says why it cannot be run here.
 * Nothing is installed for a cell whose broker is missing, or whose platform was not asked for.
 */
export async function prepareCells(
  cases: readonly Case[],
  brokers: BrokerChoices,
  asked: Platform | undefined,
  progress: Progress,
): Promise<Record<string, Readiness>> {
  const wanted = cases.flatMap(({ claim, cell, control }) => [
    { cell, needs: claim.run.needs },
    ...control.cells.map((cell) => ({ cell, needs: control.claim.run.needs })),
  ]);
  const prepared = new Map<string, Promise<Prepared>>();
  const readiness: Record<string, Readiness> = {};
  await Promise.all(
    wanted.map(async ({ cell, needs }) => {
      const name = cellName(cell);
      const whyNot =
        notAskedFor(cell, asked) ?? platformOf(cell).whyNot(cell) ?? missing(needs, cell, brokers);
      if (whyNot !== undefined) {
        readiness[name] ??= { whyNot };
        return;
      }
      const same = preparedAlike(cell);
      const preparing = prepared.get(same) ?? platformOf(cell).prepare(cell, progress);
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

function missing(
  needs: Case['claim']['run']['needs'],
  { launch }: Cell,
  brokers: BrokerChoices,
): string | undefined {
  const choice = needs === 'nothing' ? undefined : brokers[needs];
  if (choice?.how === 'missing') return choice.reason;
  return launch === 'container' && choice?.how === 'native'
    ? 'a container does not reach a native broker; type: --broker container'
    : undefined;
}

async function readinessOf(preparing: Promise<Prepared>): Promise<Readiness> {
  try {
    return { prepared: await preparing };
  } catch (error) {
    if (error instanceof NotRun) return { whyNot: error.message };
    throw error;
  }
}
