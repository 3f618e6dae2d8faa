import os from 'node:os';
import { brokerOf } from '../../catalog/cell/broker.ts';
import type { Evidence, Observation } from '../../catalog/evidence/schema.ts';
import { openBroker } from '../lab/brokers/open.ts';
import type { BrokerChoices } from '../lab/brokers/broker.ts';
import type { Prepared } from '../lab/platforms/prepared.ts';
import { openHost } from '../lab/platforms/platforms.ts';
import type { ClaimCell } from '../selection/plan.ts';
import { forgetEnded } from '../lab/sweep/forget-ended.ts';
import type { Workspace } from '../lab/sweep/workspace.ts';
import { within } from '../lab/deadline.ts';
import { blame, onFirmGround } from './ground.ts';
import { serverOpener } from './broker-control.ts';
import { OpenRun } from './open-run.ts';
import type { Scenario } from './run.ts';

/** A scenario that has not ended by then hangs: every wait it has at its disposal has a deadline of its own. */
const scenarioDeadlineMs = 240_000;

/** What one run leaves behind for judges and evidence. */
export interface RunRecord {
  readonly observation: Observation;
  readonly commands: string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly broker: Evidence['broker'];
  readonly system: Evidence['system'];
  /** When the fate of the last job was known, on the clock of `performance.now()`. */
  readonly settledAt: number;
  /** How long it waited for what must not happen, which no faster machine shortens. */
  readonly waitedInVainMs: number;
}

export interface ObserveOptions {
  readonly workspace: Workspace;
  readonly brokers: BrokerChoices;
  readonly prepared: Prepared;
  /** The scenario's folder of actors. */
  readonly actors: string;
}

/**
 * Runs a scenario once, in one cell, with a broker and a work folder of its own.
 *
 * @throws NotRun when something it needs cannot be had, and whatever a faulty scenario throws.
 */
export async function observe(
  claimCell: ClaimCell,
  scenario: Scenario,
  options: ObserveOptions,
): Promise<RunRecord> {
  try {
    const record = await observeOnce(claimCell, scenario, options);
    await forgetEnded(options.workspace);
    return record;
  } catch (error) {
    throw await blame(error, options);
  }
}

async function observeOnce(
  { claim, cell }: ClaimCell,
  scenario: Scenario,
  { workspace, brokers, prepared, actors }: ObserveOptions,
): Promise<RunRecord> {
  await using broker = await openBroker(brokerOf(claim.run, cell), brokers, workspace);
  await using host = await openHost(prepared, workspace, actors);
  const startedAt = new Date();
  const start = performance.now();
  await using open = new OpenRun(cell, broker, host, {
    folder: workspace,
    openServer: serverOpener(brokers, workspace),
  });
  const ended = within(scenarioDeadlineMs, 'the scenario did not end', scenario(open));
  await onFirmGround(ended, { broker, host, workspace });
  const durationMs = Math.round(performance.now() - start);
  const { jobs, exits, factsSeen: facts } = open;
  // Stopping what still runs drains its output, so the log is read after it.
  await open[Symbol.asyncDispose]();
  const log = open.log.lines;
  return {
    observation: { jobs, exits, facts, log, startedAt: startedAt.toISOString(), durationMs },
    commands: open.commands,
    versions: prepared.versions,
    broker: open.broker.facts,
    system: { os: os.type(), kernel: os.release(), arch: os.arch() },
    settledAt: open.settledAt,
    waitedInVainMs: open.waitedInVainMs,
  };
}
