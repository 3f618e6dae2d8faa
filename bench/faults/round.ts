import { randomUUID } from 'node:crypto';
import waitFor from 'p-wait-for';
import { z } from 'zod';
import { pause } from '../../worker/pause.ts';
import type { Fault } from './faults.ts';
import { observePhases, type Phase } from './phases.ts';
import type { Random } from './random.ts';
import type { System } from './system.ts';
import { compare, makePlan } from './trades.ts';

/** What became of the imports of one round. */
export interface RoundResult {
  readonly imports: number;
  readonly outcome: 'lost' | 'doubled' | 'wrong' | undefined;
  readonly stuck: number;
  readonly wronglyRejected: number;
  /** Programs that ended although nothing had ended them. */
  readonly accidents: number;
  /** From when everything was right again to the end of the last import, in seconds. */
  readonly seconds: number;
  readonly hit: ReadonlySet<Phase>;
  /** How many jobs were lost, where that is what the fault is about. */
  readonly lostJobs: number | undefined;
  /** What is to be looked at when something is not as it should be. */
  readonly notes: readonly string[];
}

interface Row {
  readonly state: string;
  readonly reason: string | null;
  readonly bad: string | null;
}

const endDeadlineMs = 180_000;
const started = z.looseObject({ import: z.uuid() });
const shown = z.looseObject({
  positions: z.array(
    z.looseObject({
      symbol: z.string(),
      quantity: z.string(),
      averageCost: z.string(),
      realisedGain: z.string(),
    }),
  ),
});

/**
 * Posts three files in order, as a client does that tries again under the same key; breaks something
 * when one of them is in the wanted phase, or a moment later; and looks at what came of it.
 */
export async function runRound(
  system: System,
  fault: Fault,
  random: Random,
  wanted: Phase,
): Promise<RoundResult> {
  const programs = [system.api, ...system.workers];
  for (const program of programs) await program.ensure();
  const portfolio = randomUUID();
  const plan = makePlan(random, random.between(2000, 5000));
  const pending = new Set<string>();
  const posted = { all: false };
  const posting = (async () => {
    for (const [index, file] of plan.files.entries()) {
      await postUntilAccepted(system, portfolio, `${portfolio}-${index}`, file, pending, random);
    }
    posted.all = true;
  })();
  // What goes wrong with it is thrown where it is waited for.
  posting.catch(() => undefined);

  const rowsOf = () =>
    system.query<Row>(
      `select state, reason, bad_rows -> 0 ->> 'reason' as bad from poolproof.imports
       where portfolio = $1`,
      [portfolio],
    );
  const areOver = async () => {
    const rows = await rowsOf();
    const open = rows.filter(({ state }) => state === 'waiting' || state === 'running');
    return rows.length === plan.files.length && open.length === 0;
  };
  // The fault strikes right after it was last looked: another look would be of what comes next.
  let hit = new Set<Phase>();
  const look = async () => (hit = await observePhases(system, portfolio, { pending }));
  const isTime = async () => (await look()).has(wanted) || (posted.all && (await areOver()));
  await waitFor(isTime, { interval: 1, timeout: 60_000 });
  if (random.next() < 0.3) {
    await pause(random.between(0, 10));
    await look();
  }
  const lostJobs = await fault.strike(system, random, () => posting);
  const healed = performance.now();

  const isEnded = await waitFor(async () => posted.all && (await areOver().catch(() => false)), {
    interval: 50,
    timeout: { milliseconds: endDeadlineMs, fallback: () => false },
  });
  const seconds = (performance.now() - healed) / 1000;
  const rows = await rowsOf();
  const wrong = rows.filter(({ state }) => state !== 'done');
  const answer = await fetch(`${system.apiUrl}/positions?portfolio=${portfolio}`);
  const { positions } = shown.parse(await answer.json());
  const accidents = programs.flatMap((program) => program.accidents.splice(0));
  return {
    imports: plan.files.length,
    outcome: !isEnded ? undefined : compare(plan.expected, positions),
    stuck: !isEnded ? plan.files.length - (rows.length - wrong.length) : 0,
    wronglyRejected: !isEnded ? 0 : wrong.length,
    seconds,
    hit,
    lostJobs,
    accidents: accidents.length,
    notes: [
      ...wrong.map(({ state, reason, bad }) => `${state}: ${reason ?? bad ?? 'no reason'}`),
      ...accidents,
    ],
  };
}

/** Sends a file until the server says that it has it. Whatever else is answered may be tried again. */
async function postUntilAccepted(
  { apiUrl }: System,
  portfolio: string,
  key: string,
  file: string,
  pending: Set<string>,
  random: Random,
): Promise<void> {
  const send = async () => {
    pending.add(key);
    try {
      const response = await fetch(`${apiUrl}/imports?portfolio=${portfolio}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'idempotency-key': key },
        body: slowly(file, random),
        duplex: 'half',
        signal: AbortSignal.timeout(60_000),
      } as RequestInit);
      return started.safeParse(await response.json()).success;
    } catch {
      return false;
    } finally {
      pending.delete(key);
    }
  };
  await waitFor(send, { interval: 100, timeout: 120_000 });
}

/** A file as it comes over a network: in pieces. */
function slowly(file: string, random: Random): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(file);
  const size = Math.ceil(bytes.length / 6);
  let sent = 0;
  return new ReadableStream({
    pull: async (controller) => {
      await pause(random.between(1, 15));
      controller.enqueue(bytes.subarray(sent, sent + size));
      sent += size;
      if (sent >= bytes.length) controller.close();
    },
  });
}
