import pWaitFor from 'p-wait-for';
import { LineBuffer } from '../../line-buffer.ts';
import { NotRun } from '../../not-run.ts';
import type { Place, ServerProcess } from '../places/place.ts';
import { greeting } from './hello.ts';

const startDeadlineMs = 60_000;

/** How clients log in. */
export interface RabbitmqLogin {
  readonly user: string;
  readonly password: string;
}

/** A RabbitMQ node in a place, with a name, a folder and ports of its own. */
export class RabbitmqServer {
  readonly address: { readonly host: string; readonly port: number };
  readonly #place: Place;
  readonly #config: Readonly<Record<string, string>>;
  readonly #login: RabbitmqLogin;
  readonly #ports: { readonly distribution: number; readonly names: number };
  #folder = '';
  #running: { readonly node: ServerProcess; readonly names: ServerProcess } | undefined;
  #isOn = true;

  constructor(place: Place, login: RabbitmqLogin, config: Readonly<Record<string, string>>) {
    const [port = 0, distribution = 0, names = 0] = place.ports;
    this.#place = place;
    this.#login = login;
    this.#config = config;
    this.address = { host: place.host, port };
    this.#ports = { distribution, names };
  }

  /** Starts it, empty, and waits until it greets clients. */
  async start(): Promise<void> {
    await this.#comeOn();
    this.#folder = await this.#place.makeFolder('rabbitmq');
    await this.resume();
  }

  /** Starts it with what it had, and waits until it greets clients. */
  async resume(): Promise<void> {
    await this.#comeOn();
    const { host, port } = this.address;
    const place = this.#place;
    const config = {
      'listeners.tcp.1': `${place.bind}:${port}`,
      // Whose port is bound to the loopback interface anyway.
      loopback_users: 'none',
      default_user: this.#login.user,
      default_pass: this.#login.password,
      'log.console': 'true',
      ...this.#config,
    };
    const text = Object.entries(config).map(([name, value]) => `${name} = ${value}\n`);
    const folder = this.#folder;
    const env = {
      HOME: folder,
      // A register of names of its own: the one that it starts else is a daemon that nobody ends.
      ERL_EPMD_PORT: `${this.#ports.names}`,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: 'poolproof@localhost',
      RABBITMQ_DIST_PORT: `${this.#ports.distribution}`,
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      RABBITMQ_CONFIG_FILE: await place.writeFile(folder, 'rabbitmq.conf', text.join('')),
      RABBITMQ_ENABLED_PLUGINS_FILE: await place.writeFile(folder, 'enabled_plugins', '[].\n'),
      RABBITMQ_MNESIA_BASE: `${folder}/mnesia`,
      RABBITMQ_LOG_BASE: `${folder}/log`,
      RABBITMQ_LOGS: '-',
    };
    const output = new LineBuffer();
    const note = (line: string) => {
      output.add(line);
    };
    const register = ['-port', `${this.#ports.names}`];
    const names = await place.start(
      { name: 'epmd', program: 'epmd', arguments: register, env },
      note,
    );
    const node = await place.start({ name: 'rabbitmq', arguments: [], env }, note);
    this.#running = { node, names };
    const end = { hasCome: false };
    void node.ended.then(() => {
      end.hasCome = true;
    });
    let seen = '';
    const greets = () =>
      greeting({ host, port }, 2_000).then(
        () => true,
        (error: unknown) => {
          seen = String(error);
          return end.hasCome;
        },
      );
    await pWaitFor(greets, { interval: 100, timeout: startDeadlineMs }).catch(() => {
      throw new NotRun(`RabbitMQ did not answer within ${startDeadlineMs / 1000} s: ${seen}`);
    });
    if (end.hasCome) {
      const errors = output.lines.filter((line) => line.includes('[error]'));
      throw new NotRun(`RabbitMQ ended at its start: ${errors.slice(0, 5).join('\n')}`);
    }
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    await this.#running?.node.kill();
    await this.#running?.names.kill();
    this.#running = undefined;
    if (this.#isOn) await this.#place.off();
    this.#isOn = false;
  }

  async freeze(): Promise<void> {
    await this.#running?.node.freeze();
  }

  async thaw(): Promise<void> {
    await this.#running?.node.thaw();
  }

  async #comeOn(): Promise<void> {
    if (!this.#isOn) await this.#place.on();
    this.#isOn = true;
  }
}
