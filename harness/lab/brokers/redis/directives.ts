import { randomBytes } from 'node:crypto';
import type { Login } from '../need.ts';

/** Directives of redis.conf by name. One that stands several times has a line for each value. */
export type Directives = Readonly<Record<string, string>>;

/** Writes them as a file that a server reads. */
export function configFile(directives: Directives): string {
  return Object.entries(directives)
    .flatMap(([name, value]) => value.split(/\r?\n/).map((one) => `${name} ${one}\n`))
    .join('');
}

/** Passwords of servers that nobody else is told. */
export function secret(): string {
  return randomBytes(12).toString('hex');
}

/** How the harness itself gets in, whatever actors may do, and the directives that let it. */
export function adminOf(config: Directives): {
  readonly login: Login | undefined;
  readonly directives: Directives;
} {
  const { user, requirepass } = config;
  if (user !== undefined) {
    const password = secret();
    const admin = `poolproof on >${password} ~* &* +@all`;
    return {
      login: { user: 'poolproof', password },
      directives: { ...config, user: `${user}\n${admin}` },
    };
  }
  const login = requirepass === undefined ? undefined : { user: '', password: requirepass };
  return { login, directives: config };
}

/** How actors get in. */
export function loginOf(login: Login | undefined, { requirepass }: Directives): Login {
  return login ?? (requirepass === undefined ? 'anonymous' : { user: '', password: requirepass });
}

/** A URL as clients take it, with how they get in. */
export function urlOf(
  { host, port, tls }: { host: string; port: number; tls: boolean },
  login: Login,
): string {
  const who =
    login === 'anonymous'
      ? ''
      : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return `${tls ? 'rediss' : 'redis'}://${who}${host}:${port}/0`;
}
