import type { Json } from '../../engine-programs.ts';

/** The options of a connection that every BullMQ takes: those before 5 know no `url`. */
export function connectionTo(url: string): Record<string, Json> {
  if (url.startsWith('postgres')) {
    // A backend whose first connection fails never tries again, so a slow machine is given time.
    return { connectionString: url, connectionTimeoutMillis: 30_000, migrate: true };
  }
  if (!/^rediss?:/.test(url)) return { url };
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  return {
    host: hostname.replaceAll(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(database !== '' && { db: Number(database) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    maxRetriesPerRequest: null,
  };
}
