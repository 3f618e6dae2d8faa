import path from 'node:path';
import { execa } from 'execa';
import { ourImage } from '../docker/image.ts';
import { NotRun } from '../not-run.ts';
import type { BrokerChoice, BrokerChoices } from './broker.ts';

type Progress = (message: string) => void;

/**
 * Decides how brokers are had: by URL if one is given; else Redis in a container of our own image when a
 * Docker engine answers, else a native server; PostgreSQL is embedded. A rung asked for by name is taken
 * or refused, never replaced.
 *
 * @param wanted one of `rungs`, or a redis:, rediss:, postgres: or postgresql: URL.
 * @param needed whether any claim needs Redis; if none does, it is not looked for.
 */
export async function chooseBrokers(
  wanted: string,
  needed: boolean,
  progress: Progress,
): Promise<BrokerChoices> {
  const postgres: BrokerChoice = /^postgres(ql)?:/.test(wanted)
    ? { how: 'url', url: wanted }
    : { how: 'embedded' };
  if (!needed) return { redis: { how: 'missing', reason: 'no claim asked for it' }, postgres };
  return { redis: await chooseRedis(wanted, progress), postgres };
}

async function chooseRedis(wanted: string, progress: Progress): Promise<BrokerChoice> {
  if (/^rediss?:/.test(wanted)) return { how: 'url', url: wanted };
  if (wanted === 'embedded' || wanted.startsWith('postgres')) {
    return { how: 'missing', reason: 'the claim needs Redis; the broker asked for is PostgreSQL' };
  }
  const container = wanted === 'native' ? undefined : await containerRung(progress);
  if (container?.how === 'container' || wanted === 'container') return container as BrokerChoice;
  const native = await nativeRung();
  if (native.how === 'native' || container?.how !== 'missing') return native;
  const reason = `no Redis: ${container.reason}; ${native.reason}`;
  return { how: 'missing', reason };
}

async function containerRung(
  progress: Progress,
): Promise<Extract<BrokerChoice, { how: 'container' | 'missing' }>> {
  try {
    const folder = path.join(import.meta.dirname, 'redis', 'image');
    return { how: 'container', image: await ourImage('poolproof-redis', folder, {}, progress) };
  } catch (error) {
    if (error instanceof NotRun) return { how: 'missing', reason: error.message };
    throw error;
  }
}

async function nativeRung(): Promise<Extract<BrokerChoice, { how: 'native' | 'missing' }>> {
  const chosen = process.env.POOLPROOF_REDIS;
  for (const file of chosen ? [chosen] : ['redis-server', 'valkey-server']) {
    const { failed } = await execa(file, ['--version'], { reject: false });
    if (!failed) return { how: 'native', file };
  }
  return { how: 'missing', reason: whyNoServer(process.platform, chosen) };
}

/** How a server is had where it is missing, beside Debian. */
const remedies: Readonly<Record<string, string>> = {
  win32:
    'neither is made for Windows; name a program that takes their options (POOLPROOF_REDIS=memurai), or one that runs elsewhere (--broker redis://127.0.0.1:6379)',
  darwin: 'install one (Homebrew: brew install redis)',
};

/**
 * Why there is no Redis of this machine, and what to do about it on its platform.
 *
 * @param chosen the program that POOLPROOF_REDIS names, if any.
 */
export function whyNoServer(platform: string, chosen?: string): string {
  if (chosen) return `no server at POOLPROOF_REDIS=${chosen}; name one that starts, or unset it`;
  const remedy = remedies[platform] ?? 'install one (Debian: apt-get install redis-server)';
  return `no redis-server or valkey-server; ${remedy}`;
}
