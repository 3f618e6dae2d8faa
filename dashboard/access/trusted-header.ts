import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { Peers } from './peers.ts';
import { roles, seesQueues, type Person, type Role } from './person.ts';

/** What those in a group may do, and where. */
export interface GroupRole {
  /** `*` is everybody whom the proxy lets in. */
  readonly group: string;
  readonly role: Role;
  readonly queues: readonly string[];
}

/** A reverse proxy that has people log in, and says in headers who they are. */
export interface TrustedHeader {
  /** In lower case, as is `groupsHeader`. */
  readonly header: string;
  readonly groupsHeader: string;
  readonly peers: Peers;
  /** The first whose group somebody is in says what they may. */
  readonly groups: readonly GroupRole[];
}

/** What the headers say: a person, why there is none, or nothing. */
type Told = { readonly person: Person } | { readonly refusal: string } | undefined;

const nameSchema = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}]{1,200}$/u);

/**
 * Reads `operators=operator` or `billing=operator:billing*,invoices`.
 * @throws BadInput for anything else.
 */
export function readGroupRole(text: string): GroupRole {
  const [, group, word, queues] = /^(.+)=([a-z]+)(?::(.+))?$/s.exec(text) ?? [];
  const role = roles.find((one) => one === word);
  const patterns = queues?.split(',').map((pattern) => pattern.trim());
  if (group === undefined || role === undefined || patterns?.includes('')) {
    throw new BadInput(
      `expected a group and its role (${roles.join(', ')}), got "${text}". ` +
        'Try --group ops=operator, or with queues: --group "billing=operator:billing*,invoices"',
    );
  }
  return { group: group.trim(), role, queues: patterns ?? ['*'] };
}

/**
 * Who the proxy says that it is. From any other address the headers say nothing, and a header that
 * came twice neither: one of the two may have been sent by the client.
 */
export function readTrustedHeader(trusted: TrustedHeader, request: IncomingMessage): Told {
  if (!trusted.peers(request.socket.remoteAddress)) return undefined;
  const names = request.headersDistinct[trusted.header];
  if (names === undefined) return undefined;
  const groupLines = request.headersDistinct[trusted.groupsHeader] ?? [];
  const name = nameSchema.safeParse(decode(names[0] ?? '')).data;
  if (names.length > 1 || groupLines.length > 1 || name === undefined) {
    return {
      refusal: `expected ${trusted.header} and ${trusted.groupsHeader} once each, with a name`,
    };
  }
  const groups = decode(groupLines[0] ?? '')
    .split(',')
    .map((group) => group.trim());
  const found = trusted.groups.find(({ group }) => group === '*' || groups.includes(group));
  if (found === undefined) {
    return { refusal: `${name} is in no group that has a role here` };
  }
  return { person: { name, role: found.role, sees: seesQueues(found.queues) } };
}

/** Node reads headers as Latin-1; proxies send UTF-8. */
function decode(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}
