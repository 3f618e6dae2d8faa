/** What a variable of the environment says of a broker. It holds no password. */
export interface BrokerVariable {
  /** Where the broker is. */
  readonly host: string;
  /** `redis`, `rediss`, `amqp`; undefined where the variable holds a bare host. */
  readonly scheme?: string;
  /** Whether its URL says ssl_cert_reqs, as Celery wants of a rediss URL. */
  readonly sslCertReqs?: boolean;
}

const about = /(?:^|_)(?:redis|valkey|broker|rabbitmq|amqp|celery|queue)(?:_|$)/i;
const secret = /pass|secret|token|auth/i;
const hostName = /(?:^|_)host(?:name)?$/i;
const schemes = /^(redis|rediss|valkey|valkeys|amqp|amqps):\/\//i;

/** Reads `REDIS_URL=redis://redis:6379` or `REDIS_HOST=redis`; nothing for any other variable. */
export function readBrokerVariable(name: string, value: string): BrokerVariable | undefined {
  const text = value.trim();
  if (!about.test(name) || secret.test(name)) return undefined;
  if (hostName.test(name)) return /^[\w.:[\]-]+$/.test(text) ? { host: text } : undefined;
  const [, scheme] = schemes.exec(text) ?? [];
  if (scheme === undefined || !URL.canParse(text)) return undefined;
  const { hostname } = new URL(text);
  return {
    host: hostname,
    scheme: scheme.toLowerCase(),
    sslCertReqs: /[?&]ssl_cert_reqs=/i.test(text),
  };
}

/** Whether a host is the machine itself, which in a container is the container. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/i.test(host);
}
