import { BadInput } from '../../catalog/problem/bad-input.ts';

const schemes = ['redis', 'rediss', 'amqp', 'amqps', 'postgres', 'postgresql'] as const;
type Scheme = (typeof schemes)[number];

/** The URL of a broker, and how it may be shown. */
export interface BrokerUrl {
  readonly url: URL;
  readonly scheme: Scheme;
  /** Without user, password and options. */
  readonly shown: string;
}

/**
 * Reads `--broker`.
 *
 * @throws BadInput for what is no URL of a broker; what was given is not repeated, since it may hold a
 *   password.
 */
export function parseBrokerUrl(text: string): BrokerUrl {
  const example =
    'Type --broker redis://127.0.0.1:6379, and a password as redis://:PASSWORD@HOST:6379.';
  if (!URL.canParse(text)) {
    throw new BadInput(`expected the URL of a broker, got no URL. ${example}`);
  }
  const url = new URL(text);
  const scheme = schemes.find((one) => url.protocol === `${one}:`);
  if (!scheme || url.hostname === '') {
    const got = scheme ? `${scheme}: without a host` : url.protocol;
    throw new BadInput(
      `expected the URL of a broker with ${schemes.map((one) => `${one}://`).join(', ')} and a host, got ${got}. ${example}`,
    );
  }
  const shown = `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  return { url, scheme, shown };
}
