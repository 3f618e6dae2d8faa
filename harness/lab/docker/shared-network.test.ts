import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { sharesLoopback } from './shared-network.ts';

const ownAddresses = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  // An address of one link says nothing without the name of its interface.
  .filter(({ scopeid }) => (scopeid ?? 0) === 0)
  .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));

test.each(['localhost', ...ownAddresses])(
  'an engine at %s binds ports that this program reaches by loopback',
  async (host) => {
    expect(await sharesLoopback(host)).toBe(true);
  },
);

// Addresses that are reserved for documentation belong to no machine (RFC 5737, RFC 3849).
test.each(['203.0.113.9', '[2001:db8::9]', 'docker.example.com', '127.example.com', ''])(
  'an engine at %j is another machine',
  async (host) => {
    expect(await sharesLoopback(host)).toBe(false);
  },
);
