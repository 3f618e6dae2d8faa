import { z } from 'zod';
import type { Cell, ValueOf } from './cell.ts';

/** Directives by name, as the broker's own file of settings has them, such as maxmemory: 3mb. */
export const settingsSchema = z.record(z.string().regex(/^[a-z][a-z0-9._-]*$/), z.string());

export const loginSchema = z
  .string()
  .regex(/^(anonymous|[^:\s]+:\S+)$/, '"anonymous", or a user and a password such as app:secret')
  .meta({ examples: ['app:secret', 'anonymous'] });

/** What the run of a claim in a cell needs of its broker. */
export interface BrokerWish {
  /** `redis` is met by Valkey too; `any` by whatever the engine can use, the embedded PostgreSQL first. */
  readonly kind: ValueOf<'broker'>;
  /** `7.0` (as far as it is given), `valkey-9.1` (Valkey alone), `>=6.2`. Undefined: whatever there is. */
  readonly version?: string;
  readonly topology: ValueOf<'topology'>;
  readonly tls: boolean;
  /** Directives it is started with. */
  readonly config?: Readonly<Record<string, string>>;
  /** How actors log in. Undefined: with `requirepass` where `config` has it, else not at all. */
  readonly login?: 'anonymous' | { readonly user: string; readonly password: string };
}

/** The parts of a claim's `run` that say more of the broker than the cell does. */
interface BrokerTerms {
  readonly settings?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly login?: string | undefined;
}

/** What the broker of a run must be like: told by the cell, and by its claim's `run`. */
export function brokerOf({ settings, login }: BrokerTerms, cell: Cell): BrokerWish {
  const config = cell.config === undefined ? undefined : settings?.[cell.config];
  return {
    kind: cell.broker ?? 'redis',
    topology: cell.topology ?? 'single',
    tls: cell.tls ?? false,
    ...(cell.server !== undefined && { version: cell.server }),
    ...(config && { config }),
    ...(login !== undefined && { login: parseLogin(login) }),
  };
}

function parseLogin(login: string): NonNullable<BrokerWish['login']> {
  if (login === 'anonymous') return login;
  const end = login.indexOf(':');
  return { user: login.slice(0, end), password: login.slice(end + 1) };
}
