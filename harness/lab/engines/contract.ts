import path from 'node:path';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { type Cell } from '../../../catalog/evidence/schema.ts';
import { chooseBrokers } from '../brokers/choose.ts';
import type { Broker } from '../brokers/broker.ts';
import { plainly } from '../brokers/need.ts';
import { openBroker } from '../brokers/open.ts';
import { NotRun } from '../not-run.ts';
import type { Host, Program } from '../platforms/platform.ts';
import { openHost, platformOf } from '../platforms/platforms.ts';
import type { Prepared } from '../platforms/prepared.ts';
import { Workspace } from '../sweep/workspace.ts';
import { sweepWorkspace } from '../sweep/sweep.ts';
import { usePrepared } from '../testing/prepared.ts';
import type { ClientRequest, EnginePrograms } from './engine-programs.ts';
import { enginePrograms } from './programs.ts';

const quiet = () => undefined;
const waitMs = 120_000;

/** What is asked of a cell that is run to see whether its engine keeps the contract. */
export interface ContractCell extends Partial<Cell> {
  readonly version: string;
}

/**
 * What every engine must do, in whatever way it is had: be the version that was asked for, say when it
 * takes jobs, bring back what came of them, and say why one was not sent. Its `contract/` holds the
 * worker: `numbers.double`, and `numbers.fail`, which fails with `boom`.
 *
 * @param broker the rung to take it from: one that programs of these cells can reach.
 */
export function keepsContract(
  engine: Cell['engine'],
  cells: readonly ContractCell[],
  broker: 'native' | 'container' = 'native',
): void {
  const usual = { engine, pool: 'solo', platform: process.platform, launch: 'plain' } as Cell;
  describe.each(cells.map((cell): Cell => ({ ...usual, ...cell })))('%o', (cell) => {
    const lab = usePrepared(() => Lab.open(cell, broker));
    afterAll(async () => {
      await Lab.close();
    });

    test('it is what the cell says', () => {
      const { versions } = lab().prepared;
      expect(versions[engine]).toBe(cell.version);
      if (cell.python !== undefined)
        expect(`${versions.python ?? ''}.`).toContain(`${cell.python}.`);
    });

    test('what waits is counted, and many are sent at once', { timeout: waitMs }, async () => {
      const sent = await lab().ask({ ask: 'add', jobs: [[1], [2], [3]] });
      expect(sent).toMatchObject({
        ids: [expect.any(String), expect.any(String), expect.any(String)],
      });
      expect(await lab().counts()).toMatchObject({ waiting: 3 });
    });

    test('a job comes back once a worker is ready', { timeout: waitMs }, async () => {
      await lab().startWorker();
      expect(await lab().ask({ jobs: [[2]] })).toEqual({ state: 'completed', result: 4 });
    });

    test('of a job that fails both sides tell', { timeout: waitMs }, async () => {
      const failed = await lab().ask({ task: 'numbers.fail' });
      expect(failed).toMatchObject({
        state: 'failed',
        error: expect.stringContaining('boom') as string,
      });
      const { failedText } = enginePrograms[engine];
      await pWaitFor(() => lab().printed.some((line) => failedText.test(line)), {
        timeout: 10_000,
      });
    });

    test('a job that was delayed is awaited by its id', { timeout: waitMs }, async () => {
      const options = engine === 'celery' ? { countdown: 1 } : { delay: 1000 };
      const sent = await lab().ask({ ask: 'add', options, jobs: [[3]] });
      const [id = ''] = (sent as { ids: string[] }).ids;
      expect(await lab().ask({ ask: 'await', id })).toEqual({ state: 'completed', result: 6 });
    });

    test('why a job was not sent is told', { timeout: waitMs }, async () => {
      await lab().refuseWrites();
      const refused = await lab().ask({ jobs: [[4]] });
      expect(refused).toMatchObject({
        state: 'failed',
        error: expect.stringContaining("used memory > 'maxmemory'") as string,
      });
    });
  });

  test(`a version of ${engine} that nobody published is not run`, { timeout: waitMs }, async () => {
    const cell = { ...usual, version: '0.0.1' };
    await expect(platformOf(cell).prepare(cell, quiet)).rejects.toThrow(NotRun);
  });
}

/** An engine on a host beside a broker. */
class Lab {
  static #open: Lab | undefined;
  readonly prepared: Prepared;
  readonly printed: string[] = [];
  readonly #programs: EnginePrograms;
  readonly #cell: Cell;
  readonly #workspace: Workspace;
  readonly #broker: Broker;
  readonly #host: Host;
  readonly #redis: Redis;

  private constructor(
    cell: Cell,
    prepared: Prepared,
    workspace: Workspace,
    broker: Broker,
    host: Host,
  ) {
    this.#cell = cell;
    this.prepared = prepared;
    this.#workspace = workspace;
    this.#broker = broker;
    this.#host = host;
    this.#programs = enginePrograms[cell.engine];
    this.#redis = new Redis(broker.url);
  }

  static async open(cell: Cell, rung: string): Promise<Lab> {
    const platform = platformOf(cell);
    const whyNot = platform.whyNot(cell);
    if (whyNot !== undefined) throw new NotRun(whyNot);
    const choices = await chooseBrokers(rung, [plainly('redis')], quiet);
    const prepared = await platform.prepare(cell, quiet);
    const workspace = await Workspace.create();
    const broker = await openBroker(plainly('redis'), choices, workspace);
    const actors = path.join(import.meta.dirname, cell.engine, 'contract');
    const host = await openHost(prepared, workspace, actors);
    return (Lab.#open = new Lab(cell, prepared, workspace, broker, host));
  }

  static async close(): Promise<void> {
    const lab = Lab.#open;
    Lab.#open = undefined;
    if (lab === undefined) return;
    lab.#redis.disconnect();
    await lab.#host[Symbol.asyncDispose]();
    await lab.#broker[Symbol.asyncDispose]();
    expect(await sweepWorkspace(lab.#workspace)).toBeUndefined();
  }

  async startWorker(): Promise<void> {
    const { readyText } = this.#programs;
    const start = this.#programs.worker(this.#cell, {});
    await this.#start({ env: {}, ...start, name: 'worker' }, this.printed);
    await pWaitFor(() => this.printed.some((line) => line.includes(readyText)), {
      timeout: waitMs,
    });
  }

  /** What the client answers last. */
  async ask(request: Partial<ClientRequest>): Promise<unknown> {
    const whole = {
      task: 'numbers.double',
      ask: 'submit',
      jobs: [[]],
      deadlineMs: 20_000,
    } as const;
    const lines: string[] = [];
    const client = this.#programs.client({ ...whole, ...request });
    const started = await this.#start({ env: {}, ...client, name: 'client' }, lines);
    await started.ended;
    const answer = lines.findLast((line) => line.startsWith('{'));
    if (answer === undefined) throw new Error(`The client gave no answer: ${lines.join('\n')}`);
    return JSON.parse(answer);
  }

  counts(): Promise<Record<string, number>> {
    const queue = this.#cell.engine === 'celery' ? 'celery' : 'numbers';
    return this.#programs.counts(this.#redis, queue);
  }

  async refuseWrites(): Promise<void> {
    await this.#redis.config('SET', 'maxmemory-policy', 'noeviction');
    await this.#redis.config('SET', 'maxmemory', '1');
  }

  #start(program: Program, lines: string[]) {
    const { url, urlInside = url } = this.#broker;
    const seen = this.#host.sharesNetwork ? url : urlInside;
    const { env, flags = [], files = [] } = this.#programs.forBroker(seen);
    const wanted = {
      ...program,
      files: [...files, ...(program.files ?? [])],
      arguments: [...flags, ...program.arguments],
      env: { BROKER_URL: seen, ...env, ...program.env },
    };
    return this.#host.start(wanted, (line) => lines.push(line));
  }
}
