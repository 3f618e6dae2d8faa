import { configFile } from '../lab/brokers/redis/directives.ts';
import { usualHost, usualPort, type UsualBroker } from './replayed-broker.ts';

/** The files by which the broker of a repro is started, with Docker and without. */
export function brokerFiles(broker: UsualBroker): Map<string, string> {
  if (broker.kind === 'none') return new Map();
  return redisFiles(broker);
}

/** What to type to start it without Docker; it runs until Ctrl-C. */
export function nativeCommand({ kind }: UsualBroker): string {
  return kind === 'valkey' ? 'valkey-server redis.conf' : 'redis-server redis.conf';
}

function redisFiles({ kind, version, config }: UsualBroker): Map<string, string> {
  const image = kind === 'valkey' ? 'valkey/valkey' : 'redis';
  const name = kind === 'valkey' ? 'valkey' : 'redis';
  const directives = {
    bind: usualHost,
    port: `${usualPort}`,
    'protected-mode': 'no',
    ...('save' in config ? {} : { save: '""' }),
    ...config,
  };
  const start = [`${name}-server`, '/redis.conf', '--port', '6379', '--bind', '0.0.0.0'];
  const compose = [
    'services:',
    '  broker:',
    `    image: ${image}:${version}`,
    `    command: ${JSON.stringify(start)}`,
    '    volumes: ["./redis.conf:/redis.conf:ro"]',
    `    ports: ["${usualHost}:${usualPort}:6379"]`,
    '    healthcheck:',
    // It answers an error where it wants a password, and is there all the same.
    `      test: ["CMD-SHELL", "${name}-cli ping | grep -E 'PONG|NOAUTH'"]`,
    '      interval: 1s',
  ];
  return new Map([
    ['redis.conf', configFile(directives)],
    ['compose.yaml', `${compose.join('\n')}\n`],
  ]);
}
