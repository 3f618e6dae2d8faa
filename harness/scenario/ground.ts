import type { Broker, BrokerChoices } from '../lab/brokers/broker.ts';
import { diskFull } from '../lab/cache/space.ts';
import { engineLost } from '../lab/docker/engine.ts';
import type { Host } from '../lab/platforms/platform.ts';
import type { Prepared } from '../lab/platforms/prepared.ts';
import type { Workspace } from '../lab/sweep/workspace.ts';
import { NotRun, whatWasMissing } from '../lab/not-run.ts';

/** What a run stands on. */
export interface Ground {
  readonly broker: Broker;
  readonly host: Host;
  readonly workspace: Workspace;
}

/**
 * Waits for a scenario, and then makes sure that what it stood on has not given way: a worker that dies
 * with its machine, its broker or its disk would else pass for one that dies of the bug.
 *
 * @throws NotRun with what gave way, and what the scenario throws.
 */
export async function onFirmGround(scenario: Promise<unknown>, ground: Ground): Promise<void> {
  const thrown = await scenario.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  // Programs that cannot write what they have to say say something else.
  const full = await diskFull(ground.workspace.folder);
  if (full !== undefined) throw full;
  const lost = (await ground.broker.lost()) ?? (await ground.host.lost());
  if (lost !== undefined) throw new NotRun(lost);
  if (thrown !== undefined) throw thrown.error;
}

interface Plans {
  readonly brokers: BrokerChoices;
  readonly prepared: Prepared;
}

/** What to throw for an error of a run: `NotRun` when something was missing, else the error as it is. */
export async function blame(error: unknown, plans: Plans): Promise<unknown> {
  const missing = whatWasMissing(error);
  if (missing !== undefined || !standsOnDocker(plans)) return missing ?? error;
  const lost = await engineLost();
  return lost === undefined ? error : new NotRun(lost);
}

function standsOnDocker({ brokers, prepared }: Plans): boolean {
  const machine = prepared.kind === 'wine' ? prepared.machine.how : prepared.kind;
  const brokersInContainers = Object.values(brokers.made).some(({ how }) => how === 'container');
  return machine === 'container' || brokersInContainers;
}
