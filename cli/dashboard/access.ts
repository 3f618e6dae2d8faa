import path from 'node:path';
import type { Command } from 'commander';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { openAccess, type Access } from '../../dashboard/access/access.ts';
import { closedAccess } from '../../dashboard/access/closed-access.ts';
import { openUsersFile } from '../../dashboard/access/login/users-file.ts';
import { createMasks, type Masks } from '../../dashboard/access/masks.ts';
import { readPeers } from '../../dashboard/access/peers.ts';
import { readGroupRole, type TrustedHeader } from '../../dashboard/access/trusted-header.ts';
import { openAuditLog } from '../../dashboard/audit/audit-log.ts';
import { isLoopback } from '../../dashboard/server/is-loopback.ts';
import { dataDir } from '../start/data-dir.ts';
import { sayOnce, type Reporter } from '../start/reporter.ts';

/** What is typed about who may do what. */
export interface AccessOptions {
  readonly users?: string;
  readonly trustHeader?: string;
  readonly groupsHeader: string;
  readonly trustedPeer?: readonly string[];
  readonly group?: readonly string[];
  readonly publicHost?: readonly string[];
  readonly audit?: string;
  readonly mask?: readonly string[];
}

const all = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds the options of who may do what to a command. */
export function addAccessOptions(command: Command): Command {
  return command
    .option('--users <file>', 'who logs in with a password: see `poolproof dashboard user --help`')
    .option('--trust-header <name>', 'the header in which a proxy says who it is')
    .option('--trusted-peer <network>', 'the address of that proxy; again for more', all)
    .option('--groups-header <name>', 'the header with their groups', 'X-Forwarded-Groups')
    .option('--group <group=role>', 'what a group may do, * for all; the first counts', all)
    .option('--public-host <name>', 'a name by which it is reached; again for more', all)
    .option('--audit <file>', 'who changed what (default: audit.jsonl in the data folder)')
    .option('--mask <path>', 'a field of jobs that nobody is shown: data.card.*', all);
}

/** The file of the audit log where none is named. */
export function auditFile(): string {
  return path.join(dataDir(), 'audit.jsonl');
}

/**
 * Who may do what, as it was typed. Without a password file or a proxy whoever reaches the address may
 * do everything.
 * @throws BadInput for what does not go together, and files that cannot be used.
 */
export function openTypedAccess(
  options: AccessOptions,
  report: Reporter,
): { access: Access; masks: Masks; isClosed: boolean } {
  const masks = createMasks(options.mask ?? []);
  const users = options.users === undefined ? undefined : openUsersFile(options.users);
  const header = readHeader(options);
  const proxies = readPeers(options.trustedPeer ?? []);
  const log = openAuditLog(options.audit ?? auditFile());
  const isClosed = users !== undefined || header !== undefined;
  const access = isClosed
    ? closedAccess({ users, header, proxies, log, onError: sayOnce(report, 'users') })
    : { ...openAccess(), trusts: proxies, ...log };
  return { access, masks, isClosed };
}

function readHeader(options: AccessOptions): TrustedHeader | undefined {
  const { trustHeader, trustedPeer = [], group = [], groupsHeader } = options;
  if (trustHeader === undefined) {
    if (group.length === 0) return undefined;
    throw new BadInput(
      'expected --trust-header with --group: groups come from a proxy. Try --trust-header X-Forwarded-User',
    );
  }
  if (trustedPeer.length === 0) {
    throw new BadInput(
      `expected the address of the proxy that sends ${trustHeader}: anybody else could send it. ` +
        'Name it: --trusted-peer 10.0.0.0/8',
    );
  }
  if (group.length === 0) {
    throw new BadInput(
      'expected what those whom the proxy lets in may do. Name groups: --group ops=operator, ' +
        'or everybody: --group "*=viewer"',
    );
  }
  return {
    header: headerName(trustHeader),
    groupsHeader: headerName(groupsHeader),
    peers: readPeers(trustedPeer),
    groups: group.map(readGroupRole),
  };
}

function headerName(name: string): string {
  if (/^[\w-]+$/.test(name)) return name.toLowerCase();
  throw new BadInput(`expected the name of a header, got "${name}". Try X-Forwarded-User`);
}

/**
 * Refuses an address that other machines reach when nobody has to log in.
 * @param url of the address as it was taken: a name may stand for any address.
 * @throws BadInput with what to type.
 */
export function refuseOpenAddress(url: string, host: string): void {
  if (isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''))) return;
  throw new BadInput(
    `other machines reach ${host}, and nobody would have to log in: expected a password file or a proxy.
  With passwords:
    poolproof dashboard user add NAME --role admin --users users.json
    poolproof dashboard --host ${host} --users users.json
  Behind a proxy that has people log in (single sign-on):
    poolproof dashboard --host ${host} --trust-header X-Forwarded-User --trusted-peer 10.0.0.0/8 --group ops=operator
  For this machine alone leave out --host.`,
  );
}

/** Warns of what others on the way could read. */
export function warnOfPlainPasswords(
  { users, trustedPeer = [] }: AccessOptions,
  url: string,
  report: Reporter,
): void {
  if (users === undefined || trustedPeer.length > 0) return;
  if (isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''))) return;
  report.say(
    'warning',
    'passwords and sessions cross the network as they are: put a proxy with https before it, and name it with --trusted-peer',
  );
}
