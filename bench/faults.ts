/**
 * Breaks what the live worker stands on, over and over, and looks at what becomes of the imports:
 * workers, API, broker and database are processes of their own, on Redis and on PostgreSQL, in every
 * pool; the positions are compared to those that this program works out by itself.
 *
 * `npm run faults -- --rounds N [--seed S] [--fault NAME] [--broker redis|postgres] [--pool POOL]`:
 * N rounds of each fault, spread over brokers and pools, and a few more for phases of an import that
 * none has hit. Ends with 1 when an import was lost, doubled, wrong, stuck or wrongly rejected, when a
 * program ended that nothing had ended, or when a phase was not hit all the same. `--short` leaves out
 * the faults that take long; `--report FILE` writes how many faults came out right, in the form of
 * Vitest's JSON.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { workerPools } from '../worker/pools/choose-pool.ts';
import { whyNoRedis } from '../worker/testing/redis.ts';
import { faults, type Fault } from './faults/faults.ts';
import { phases, type Phase } from './faults/phases.ts';
import { randomFrom } from './faults/random.ts';
import { runRound } from './faults/round.ts';
import { startSystem, type BrokerName, type System } from './faults/system.ts';
import { Tally } from './faults/tally.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    fault: { type: 'string' },
    broker: { type: 'string' },
    pool: { type: 'string' },
    short: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const chosen = faults.filter(
  ({ name, isLong }) =>
    (values.fault === undefined || name === values.fault) && !(values.short && isLong),
);
if (!(Number.isInteger(rounds) && rounds > 0) || !Number.isInteger(seed) || chosen.length === 0) {
  process.stderr.write(
    `Expected --rounds with a whole number from 1, --seed with one, and --fault with one of: ` +
      `${faults.map(({ name }) => name).join(', ')}. Try: npm run faults -- --rounds 2\n`,
  );
  process.exit(2);
}

const noRedis = await whyNoRedis();
const brokers: BrokerName[] = noRedis === undefined ? ['redis', 'postgres'] : ['postgres'];
if (noRedis !== undefined) process.stderr.write(`Redis: not run, ${noRedis}\n`);
const places = brokers
  .filter((broker) => values.broker === undefined || broker === values.broker)
  .flatMap((broker) => workerPools.map((pool) => ({ broker, pool })))
  .filter(({ pool }) => values.pool === undefined || pool === values.pool);

const random = randomFrom(seed);
const tally = new Tally();
let run = 0;
process.stdout.write(`faults: ${rounds} rounds each, seed ${seed}\n`);

/** Which rounds are run where: each fault goes on to the next place with each of its rounds. */
function roundsAt(place: number): Fault[] {
  return chosen.flatMap((fault, index) => {
    const able = [...places.keys()].filter((at) => {
      const one = places[at];
      return one !== undefined && (fault.applies?.(one) ?? true);
    });
    return Array.from({ length: rounds }, (_, round) => index + round)
      .filter((number) => able[number % able.length] === place)
      .map(() => fault);
  });
}

async function play(system: System, fault: Fault, wanted: Phase): Promise<void> {
  const result = await runRound(system, fault, random, wanted);
  tally.add(fault.name, result);
  const { broker, pool } = system.options;
  process.stderr.write(
    `${broker}, ${pool}: ${fault.name} while ${[...result.hit].join(' and ') || 'idle'}: ` +
      `${result.seconds.toFixed(1)} s${result.lostJobs === undefined ? '' : `, ${result.lostJobs} jobs lost`}${result.outcome ? `, ${result.outcome}` : ''}` +
      `${result.stuck > 0 ? `, ${result.stuck} stuck` : ''}${result.notes.map((note) => `\n  ${note}`).join('')}\n`,
  );
}

/** Some phases last a moment only: those that no fault has hit are waited for once more. */
const moreRounds = 12;

const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-faults-'));
// The database runs as another user when this is root.
await chmod(folder, 0o755);
const lastPlace = [...places.keys()].findLast((at) => roundsAt(at).length > 0);
try {
  for (const [at, place] of places.entries()) {
    const due = roundsAt(at);
    if (due.length === 0) continue;
    await using system = await startSystem({
      ...place,
      dataDir: path.join(folder, `${place.broker}-${place.pool}`),
    });
    // Each phase in turn, so that few rounds are enough to hit them all.
    for (const fault of due) await play(system, fault, phases[run++ % phases.length] ?? 'queued');
    if (at !== lastPlace) continue;
    for (let more = 0; more < moreRounds; more++) {
      const [wanted] = tally.missed;
      const fault = due[more % due.length];
      if (wanted === undefined || fault === undefined) break;
      await play(system, fault, wanted);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(tally.print());
for (const failure of tally.failures) process.stdout.write(`FAILED: ${failure}\n`);
if (values.report !== undefined) {
  const failed = tally.failures.length;
  await writeFile(
    values.report,
    JSON.stringify({
      numPassedTests: Math.max(0, tally.size - failed),
      numFailedTests: failed,
      numPendingTests: noRedis === undefined ? 0 : 1,
      numFailedTestSuites: 0,
    }),
  );
}
process.exitCode = tally.failures.length > 0 ? 1 : 0;
