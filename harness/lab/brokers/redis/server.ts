import type { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { within } from '../../deadline.ts';
import { LineBuffer } from '../../line-buffer.ts';
import { NotRun } from '../../not-run.ts';
import type { Place, ServerProcess } from '../places/place.ts';
import type { Login } from '../need.ts';
import { clientOf, withClient } from './client.ts';
import { configFile, type Directives } from './directives.ts';
import { ping, type Address } from './ping.ts';

/** What a server says that was built without it. */
const noTls = /Missing implement of connection type tls|Bad directive.*|tls-port/;

export interface ServerSetUp {
  readonly name: string;
  readonly port: number;
  readonly directives: Directives;
  /** How the harness gets in. */
  readonly admin: Login | undefined;
  readonly certificateAuthority: string | undefined;
  readonly sentinel?: boolean;
  /** Whether nothing else runs in its place, which goes off the network with it. */
  readonly isAlone: boolean;
}

/** One server process in a place, which may be stopped and started at will, always at the same address. */
export class RedisServer {
  readonly place: Place;
  readonly setUp: ServerSetUp;
  readonly address: Address;
  admin: Login | undefined;
  #folder = '';
  #running: ServerProcess | undefined;
  #output = new LineBuffer();
  #isOn = true;

  constructor(place: Place, setUp: ServerSetUp) {
    this.place = place;
    this.setUp = setUp;
    this.admin = setUp.admin;
    const { port, certificateAuthority } = setUp;
    this.address = {
      host: place.host,
      port,
      tls: certificateAuthority !== undefined,
      certificateAuthority,
    };
  }

  /** Where its data lie, in its place. */
  get folder(): string {
    return this.#folder;
  }

  /** Starts it, empty, and waits until it answers. */
  async start(): Promise<void> {
    await this.#comeOn();
    this.#folder = await this.place.makeFolder(this.setUp.name);
    await this.resume();
    await this.answers();
  }

  /**
   * Starts it with the data that it had. Does not wait for it.
   *
   * @param more directives beside those that it was set up with.
   */
  async resume(more: Directives = {}): Promise<void> {
    await this.#comeOn();
    const { name, port, directives, certificateAuthority, sentinel = false } = this.setUp;
    const { place } = this;
    const own = {
      bind: place.bind,
      'protected-mode': 'no',
      ...(certificateAuthority === undefined ? { port } : { port: 0, 'tls-port': port }),
      dir: quoted(this.#folder),
      // A replica is not to wait for others of its kind.
      ...(sentinel ? {} : { save: '""', appendonly: 'no', 'repl-diskless-sync-delay': 0 }),
    };
    const text = configFile({ ...stringsOf(own), ...directives, ...more });
    const file = await place.writeFile(this.#folder, 'server.conf', text);
    const output = new LineBuffer();
    this.#running = await place.start(
      { name, arguments: [file, ...(sentinel ? ['--sentinel'] : [])] },
      (line) => {
        output.add(line);
      },
    );
    this.#output = output;
  }
  /**
   * Waits until it answers PING, also with an error: one that wants a password is there.
   *
   * @throws NotRun when it ended, or has not answered within 20 s.
   */
  async answers(isReady = (line: string): boolean => !line.startsWith('-LOADING')): Promise<void> {
    let seen = 'nothing';
    const end = { hasCome: false };
    void this.#running?.ended.then(() => {
      end.hasCome = true;
    });
    await pWaitFor(
      async () => {
        if (end.hasCome) return true;
        seen = await ping(this.address, 2_000).catch((error: unknown) => String(error));
        return /^[+-]/.test(seen) && isReady(seen);
      },
      { interval: 20, timeout: 20_000 },
    ).catch(() => {
      throw new NotRun(`the ${this.place.how} server did not answer within 20 s: ${seen}`);
    });
    if (!end.hasCome) return;
    const said = this.#output.lines.slice(-5).join('\n');
    if (this.setUp.certificateAuthority !== undefined && noTls.test(said)) {
      throw new NotRun(`the ${this.place.how} server was built without TLS; type: --broker native`);
    }
    throw new NotRun(`the ${this.place.how} server ended at its start: ${said}`);
  }

  /** Ends it at once, and makes sure that connections are refused. */
  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
    await this.#goOff();
  }

  /** Ends it so that it has its data when it starts again. */
  async shutDown(): Promise<void> {
    const ended = this.#running?.ended;
    await this.ask(async (client) => {
      // It ends instead of answering.
      await client.shutdown('SAVE').catch(() => undefined);
      await within<unknown>(15_000, 'it did not end', Promise.resolve(ended)).catch(
        () => undefined,
      );
    });
    await this.kill();
  }

  freeze(): Promise<void> {
    return this.#running?.freeze() ?? Promise.resolve();
  }

  thaw(): Promise<void> {
    return this.#running?.thaw() ?? Promise.resolve();
  }

  /** Connects for one question, as one who may do everything. */
  ask<Answer>(question: (client: Redis) => Promise<Answer>): Promise<Answer> {
    return withClient(this.address, this.admin, question);
  }

  /** A client that may do everything. */
  connect(): Redis {
    return clientOf(this.address, this.admin);
  }

  async #goOff(): Promise<void> {
    if (this.setUp.isAlone && this.#isOn) await this.place.off();
    this.#isOn = false;
  }

  async #comeOn(): Promise<void> {
    if (this.setUp.isAlone && !this.#isOn) await this.place.on();
    this.#isOn = true;
  }
}

function stringsOf(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}`]));
}

/** As the file is read: in quotation marks a backslash stands for something else. */
function quoted(folder: string): string {
  return `"${folder.replaceAll('\\', '/')}"`;
}
