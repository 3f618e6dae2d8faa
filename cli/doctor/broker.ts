import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { FactValue } from '../../catalog/doctor/fact-names.ts';
import type { Sheet } from '../../catalog/doctor/facts.ts';
import type { BrokerUrl } from './broker-url.ts';
import { askRabbitmq } from './rabbitmq.ts';
import { factsOfInfo } from './redis-info.ts';

/** What a broker said of itself. */
export interface ReadBroker {
  readonly facts: Sheet;
  /** The version of its server, as it says it. */
  readonly version?: string;
  /** Why it could not be asked: the code of the error, or the first word of its answer. */
  readonly error?: string;
}

const patience = 5_000;

/** Asks a broker what it is and how it is set. An error is an answer, too: its code is a fact. */
export async function readBroker(broker: BrokerUrl): Promise<ReadBroker> {
  const place = { of: broker.shown };
  const known = {
    scheme: broker.scheme,
    password: broker.url.password !== '',
    'ssl-cert-reqs': broker.url.searchParams.has('ssl_cert_reqs'),
  };
  try {
    const { version, values } = await ask(broker);
    return { facts: asSheet({ ...known, ...values }), ...(version !== undefined && { version }) };
  } catch (error) {
    const code = codeOf(error);
    return { facts: asSheet({ ...known, error: code }), error: code };
  }

  function asSheet(values: Readonly<Record<string, FactValue>>): Sheet {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, place }]),
    );
  }
}

/** What a broker answered. */
interface Answer {
  readonly version?: string;
  readonly values: Readonly<Record<string, FactValue>>;
}

async function ask(broker: BrokerUrl): Promise<Answer> {
  if (broker.scheme.startsWith('redis')) return askRedis(broker);
  return broker.scheme.startsWith('amqp') ? askRabbitmq(broker, patience) : askPostgres(broker);
}

async function askRedis({ url, scheme }: BrokerUrl): Promise<Answer> {
  const redis = new Redis({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    ...(url.username !== '' && { username: decode(url.username) }),
    ...(url.password !== '' && { password: decode(url.password) }),
    ...(scheme === 'rediss' && { tls: { rejectUnauthorized: isVerified(url) } }),
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: patience,
    commandTimeout: patience,
  });
  // The error that a command is told comes without the cause of a lost connection.
  let cause: unknown;
  redis.on('error', (error: unknown) => {
    cause ??= error;
  });
  try {
    await redis.connect();
    const info = await redis.info();
    // Providers forbid CONFIG; what INFO says is enough then.
    const config = await configOf(redis);
    return factsOfInfo(info, config);
  } catch (error) {
    throw cause ?? error;
  } finally {
    redis.disconnect();
  }
}

/** A password with a bare % is taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Celery is told by the URL not to look at the certificate. */
function isVerified({ searchParams }: URL): boolean {
  return !/^(?:cert_)?none$/i.test(searchParams.get('ssl_cert_reqs') ?? '');
}

async function configOf(redis: Redis): Promise<Record<string, string>> {
  const names = [
    'maxmemory-policy',
    'maxclients',
    'stop-writes-on-bgsave-error',
    'replica-read-only',
  ];
  const answers = await Promise.all(
    names.map(async (name) => redis.call('CONFIG', 'GET', name).catch(() => [])),
  );
  return Object.fromEntries(
    answers.flatMap((answer) => {
      const [name, value] = pairOf(answer);
      return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** A list in RESP2, a map in RESP3. */
function pairOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  if (answer instanceof Map) return [...answer].flat();
  return typeof answer === 'object' && answer !== null ? Object.entries(answer).flat() : [];
}

async function askPostgres({ url }: BrokerUrl): Promise<Answer> {
  const client = new Client({
    connectionString: url.href,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version;
    return { values: { kind: 'postgres' }, ...(version !== undefined && { version }) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The code of an error, or what an answer of Redis begins with: NOAUTH, WRONGPASS, LOADING. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : '';
  if (text.includes('max number of clients')) return 'MAXCLIENTS';
  const [, word] = /^(?:-)?([A-Z]{4,})\b/.exec(text) ?? [];
  if (word !== undefined) return word;
  if (typeof code === 'string' && code !== '') return code;
  return /timeout|timed out/i.test(text) ? 'ETIMEDOUT' : 'an error without a code';
}
