import { valueIn, type Cell } from '../../catalog/cell/cell.ts';
import { brokerOf } from '../../catalog/cell/broker.ts';
import { dimensions } from '../../catalog/cell/dimensions.ts';
import { isSame } from '../../catalog/evidence/cells.ts';
import type { Observation } from '../../catalog/evidence/schema.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { didYouMean } from '../../catalog/problem/did-you-mean.ts';
import { readResults, type ClaimResult } from '../../catalog/verdict/results.ts';
import type { Claim, Writeup } from '../../catalog/writeup/schema.ts';
import { loginOf, urlOf } from '../lab/brokers/redis/directives.ts';
import { usualHost, usualPort, type UsualBroker } from './replayed-broker.ts';
import { NeedsHarness } from './steps.ts';

/** A recorded run that is to be done again without the harness. */
export interface Variant {
  readonly claim: Claim;
  readonly cell: Cell;
  readonly observation: Observation;
  readonly versions: Readonly<Record<string, string>>;
  readonly broker: UsualBroker;
}

/** A failure, and what it is fixed by. */
export interface ReproCase {
  readonly writeup: Writeup;
  readonly bug: Variant;
  readonly fix: Variant;
}

/** Which failure of a write-up is wanted; what is left out may be any. */
export interface Wish {
  readonly claim?: string | undefined;
  readonly version?: string | undefined;
}

/** Of what is recorded, with evidence. */
type Recorded = Exclude<ClaimResult, { readonly verdict: 'not run' }>;

/**
 * The failures of a write-up that were confirmed and are current, each with its fix: first what shows the
 * failure, on this kind of system, and without anything imposed.
 *
 * @throws BadInput for a claim or a version that there is not, with those that there are.
 */
export function casesOf(writeup: Writeup, wish: Wish = {}): ReproCase[] {
  const results = readResults(writeup).filter(
    (result): result is Recorded => result.verdict === 'confirmed',
  );
  const failing = results.filter(({ claim }) => claim.expect.outcome === 'fails');
  const wanted = select(failing, writeup, wish);
  return wanted
    .toSorted((one, other) => rank(one, writeup) - rank(other, writeup))
    .flatMap((result) => {
      const bug = variantOf(result);
      const fix = fixOf(result, results, writeup);
      return bug === undefined || fix === undefined ? [] : [{ writeup, bug, fix }];
    });
}

function select(failing: readonly Recorded[], writeup: Writeup, wish: Wish): Recorded[] {
  const ids = [...new Set(failing.map(({ claim }) => claim.id))];
  if (wish.claim !== undefined && !ids.includes(wish.claim)) {
    const known = writeup.claims.some(({ id }) => id === wish.claim);
    const got = known ? `"${wish.claim}", which is none of them` : `"${wish.claim}"`;
    throw new BadInput(
      `expected a claim of ${writeup.id} that was confirmed to fail, got ${got}.${didYouMean(wish.claim, ids)}\nThere are: ${ids.join(', ') || 'none'}. All of its claims: poolproof show ${writeup.id}`,
    );
  }
  const ofClaim = failing.filter(({ claim }) => claim.id === (wish.claim ?? claim.id));
  const versions = [...new Set(ofClaim.map(({ cell }) => cell.version))];
  if (wish.version !== undefined && !versions.includes(wish.version)) {
    throw new BadInput(
      `expected a version in which ${wish.claim ?? writeup.id} was confirmed to fail, got "${wish.version}". There are: ${versions.join(', ') || 'none'}. Others are measured by: poolproof bisect ${writeup.id}`,
    );
  }
  return ofClaim.filter(({ cell }) => cell.version === (wish.version ?? cell.version));
}

/** The less, the better it shows the failure to whoever gets it. */
function rank({ claim, cell }: Recorded, writeup: Writeup): number {
  const place = writeup.claims.indexOf(claim);
  const shows = claim.id === writeup.shownBy || claim.expect.signature !== undefined;
  const [major = 0, minor = 0] = cell.version.split('.').map(Number);
  return (
    (cell.platform === 'linux' || cell.platform === 'darwin' ? 0 : 1e7) +
    (cell.emulate === undefined ? 0 : 1e6) +
    (cell.shm === undefined && cell.launch !== 'container' ? 0 : 1e6) +
    (shows ? 0 : 1e5) +
    place * 1e3 -
    // The newest version that fails.
    major * 10 -
    minor / 100
  );
}

function variantOf({ claim, cell, evidence, judged }: Recorded): Variant | undefined {
  const { observation } = judged;
  if (observation === undefined) return undefined;
  const { versions, broker } = evidence;
  return { claim, cell, observation, versions, broker: usualBroker(claim, cell, broker) };
}

/** The claim that the write-up calls its fix, where it ran like the failure; else what controls the failure. */
function fixOf(
  { cell, evidence, claim: failing }: Recorded,
  results: readonly Recorded[],
  writeup: Writeup,
): Variant | undefined {
  const named = results.filter(
    ({ claim, cell: other }) =>
      claim.id === writeup.fix.claim &&
      claim.expect.outcome === 'works' &&
      other.platform === cell.platform &&
      other.engine === cell.engine,
  );
  const [nearest] = named.toSorted(
    (one, other) => distance(one.cell, cell) - distance(other.cell, cell),
  );
  if (nearest !== undefined) return variantOf(nearest);
  const control = writeup.claims.find(({ id }) => id === evidence.control.claim);
  const [recorded] = evidence.control.cells;
  const run = recorded?.runs.find((one) => 'observation' in one);
  if (control?.expect.outcome !== 'works' || control.id === failing.id) return undefined;
  if (recorded === undefined || run === undefined) return undefined;
  return {
    claim: control,
    cell: recorded.cell,
    observation: run.observation,
    versions: recorded.versions,
    broker: usualBroker(control, recorded.cell, evidence.broker),
  };
}

/** In how many ways two cells differ. */
function distance(one: Cell, other: Cell): number {
  return Object.keys(dimensions).filter((key) => !isSame(valueIn(one, key), valueIn(other, key)))
    .length;
}

type RecordedBroker = Recorded['evidence']['broker'];

function usualBroker(claim: Claim, cell: Cell, seen: RecordedBroker): UsualBroker {
  const { kind, config = {}, login, version } = brokerOf(claim.run, cell);
  if (kind === 'nothing') return { kind: 'none', version: '', config: {}, url: '' };
  const isRedis = seen.kind === 'redis' || seen.kind === 'valkey';
  const url = urlOf({ host: usualHost, port: usualPort, tls: false }, loginOf(login, config));
  return {
    kind: isRedis ? seen.kind : 'redis',
    version: isRedis ? seen.version : (version ?? '7.0'),
    config,
    url,
  };
}

/**
 * Makes sure that a run needs nothing that only the harness can give.
 *
 * @throws NeedsHarness with what it needs.
 */
export function requirePlain({ cell }: Variant): void {
  const { topology = 'single', tls = false, broker, shm, launch } = cell;
  const why = [
    ...(topology === 'single' ? [] : [`a Redis ${topology}`]),
    ...(tls ? ['a Redis with TLS'] : []),
    ...(broker === 'postgres' || broker === 'rabbitmq' ? [`${broker} as the broker`] : []),
    ...(shm === undefined ? [] : ['another /dev/shm']),
    ...(launch === 'container' ? ['a worker in a container'] : []),
  ];
  if (why.length > 0) throw new NeedsHarness(`it needs ${why.join(' and ')}`);
}
