import path from 'node:path';
import { execa } from 'execa';
import { ourImage } from '../../docker/image.ts';
import { pullImage } from '../../docker/pull.ts';
import { NotRun } from '../../not-run.ts';
import type { BrokerChoice } from '../broker.ts';
import { artefactOf } from '../fetched/artefact.ts';
import { fetchServer } from '../fetched/fetch-server.ts';
import { isOfVersion, type BrokerNeed, type ServerVersion } from '../need.ts';

type Progress = (message: string) => void;
type Wanted = Pick<BrokerNeed, 'version' | 'tls'>;

/** What our image holds: the redis-server of its Debian. */
const ours: ServerVersion = { kind: 'redis', version: '7.0' };

/** Decides how a Redis or Valkey is had, of a version and with TLS if these are wanted. */
export async function chooseRedis(
  asked: string,
  wanted: Wanted,
  progress: Progress,
): Promise<BrokerChoice> {
  if (/^rediss?:/.test(asked)) return { how: 'url', url: asked };
  const rungs = rungsFor(asked);
  if (rungs === undefined) {
    return { how: 'missing', reason: `the claim needs Redis; the broker asked for is ${asked}` };
  }
  const named = namedFor(wanted);
  if (named !== undefined) return named;
  const reasons: string[] = [];
  for (const rung of rungs) {
    const choice = await takeRung(rung, wanted, progress);
    if (choice.how !== 'missing') return choice;
    reasons.push(choice.reason);
  }
  const what = wanted.version === undefined ? 'Redis' : `Redis ${wanted.version}`;
  return {
    how: 'missing',
    reason: reasons.length === 1 ? reasons.join('') : `no ${what}: ${reasons.join('; ')}`,
  };
}

type Rung = 'container' | 'native' | 'fetched' | 'published';

function rungsFor(asked: string): readonly Rung[] | undefined {
  const known: Readonly<Record<string, readonly Rung[]>> = {
    auto: ['container', 'native', 'fetched', 'published'],
    container: ['container', 'published'],
    native: ['native'],
    fetched: ['fetched'],
  };
  return known[asked];
}

async function takeRung(rung: Rung, wanted: Wanted, progress: Progress): Promise<BrokerChoice> {
  try {
    switch (rung) {
      case 'container':
        return await ourContainer(wanted, progress);
      case 'native':
        return await serverOfThisMachine(wanted);
      case 'fetched':
        return await fetchedServer(wanted, progress);
      case 'published':
        return await publishedImage(wanted, progress);
    }
  } catch (error) {
    if (error instanceof NotRun) return { how: 'missing', reason: error.message };
    throw error;
  }
}

/** What POOLPROOF_REDIS_6_2, say, names: a program, or a URL where such a server answers. */
function namedFor({ version }: Wanted): BrokerChoice | undefined {
  const name = version && `POOLPROOF_REDIS_${version.replaceAll(/\W/g, '_').toUpperCase()}`;
  const named = name && process.env[name];
  if (!named) return undefined;
  return /^rediss?:/.test(named) ? { how: 'url', url: named } : { how: 'native', file: named };
}

async function ourContainer(wanted: Wanted, progress: Progress): Promise<BrokerChoice> {
  if (!isOfVersion(ours, wanted.version)) {
    return { how: 'missing', reason: `our image holds Redis ${ours.version}` };
  }
  const folder = path.join(import.meta.dirname, 'image');
  const image = await ourImage('poolproof-redis', folder, {}, progress);
  return { how: 'container', image, program: 'redis-server' };
}

/** An image that the makers of the server publish, where a registry of images answers. */
async function publishedImage({ version }: Wanted, progress: Progress): Promise<BrokerChoice> {
  if (version === undefined || version.startsWith('>=')) {
    return { how: 'missing', reason: 'no version was named to look for among published images' };
  }
  const isValkey = version.startsWith('valkey-');
  const image = isValkey ? `valkey/valkey:${version.slice('valkey-'.length)}` : `redis:${version}`;
  await pullImage(image, progress);
  return { how: 'container', image, program: isValkey ? 'valkey-server' : 'redis-server' };
}

async function serverOfThisMachine({ version, tls }: Wanted): Promise<BrokerChoice> {
  const chosen = process.env.POOLPROOF_REDIS;
  const others: string[] = [];
  for (const file of chosen ? [chosen] : ['redis-server', 'valkey-server']) {
    const { failed, stdout } = await execa(file, ['--version'], { reject: false });
    if (failed) continue;
    const found = versionIn(stdout);
    if (!isOfVersion(found, version)) others.push(`${file} is ${found.kind} ${found.version}`);
    else if (tls && !(await speaksTls(file))) others.push(`${file} was built without TLS`);
    else return { how: 'native', file };
  }
  const reason = others.length === 0 ? whyNoServer(process.platform, chosen) : others.join(', ');
  return { how: 'missing', reason };
}

async function fetchedServer(wanted: Wanted, progress: Progress): Promise<BrokerChoice> {
  const { platform, arch } = process;
  const artefact = artefactOf({ platform, arch }, wanted);
  if (artefact === undefined) {
    const what = `${wanted.version ?? 'a server'}${wanted.tls ? ' with TLS' : ''}`;
    return { how: 'missing', reason: `no package has ${what} for ${platform} ${arch}` };
  }
  return { how: 'fetched', file: await fetchServer(artefact, progress) };
}

/** As `redis-server --version` prints it: `Redis server v=7.0.15 sha=…`. */
function versionIn(printed: string): ServerVersion {
  const kind = printed.startsWith('Valkey') ? 'valkey' : 'redis';
  return { kind, version: /\bv=(\S+)/.exec(printed)?.[1] ?? 'unknown' };
}

/** Asked to speak TLS without a certificate, a server says that it has none, unless it knows no TLS. */
async function speaksTls(file: string): Promise<boolean> {
  const args = ['--port', '0', '--tls-port', '1', '--save', ''];
  const { stdout, stderr } = await execa(file, args, { reject: false, timeout: 5_000 });
  return `${stdout}\n${stderr}`.includes('No tls-cert-file configured');
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
