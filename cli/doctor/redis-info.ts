import type { FactValue } from '../../catalog/doctor/fact-names.ts';

/** What a server of the Redis family says by INFO and CONFIG GET, as facts. */
export function factsOfInfo(
  info: string,
  config: Readonly<Record<string, string>> = {},
): { version?: string; values: Record<string, FactValue> } {
  const fields = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const end = line.indexOf(':');
      return line.startsWith('#') || end === -1 ? [] : [[line.slice(0, end), line.slice(end + 1)]];
    }),
  );
  const kind = kindOf(fields);
  const policy = config['maxmemory-policy'] ?? fields.get('maxmemory_policy');
  const memory = percent(fields.get('used_memory'), fields.get('maxmemory'));
  const clients = percent(
    fields.get('connected_clients'),
    config.maxclients ?? fields.get('maxclients'),
  );
  const replicas = fields.get('connected_slaves');
  const version = fields.get(`${kind}_version`) ?? fields.get('redis_version');
  const stopsWrites = config['stop-writes-on-bgsave-error'] !== 'no';
  const values = {
    kind,
    ...(policy !== undefined && { 'maxmemory-policy': policy }),
    ...(memory !== undefined && { 'memory-percent': memory }),
    ...(clients !== undefined && { 'clients-percent': clients }),
    ...(fields.has('role') && { role: roleOf(fields, config) }),
    ...(replicas !== undefined && { replicas: Number(replicas) }),
    ...(fields.has('cluster_enabled') && { cluster: fields.get('cluster_enabled') === '1' }),
    ...(fields.has('loading') && { loading: fields.get('loading') === '1' }),
    ...(fields.has('rdb_last_bgsave_status') && {
      'snapshots-fail': fields.get('rdb_last_bgsave_status') === 'err' && stopsWrites,
    }),
    ...(kind === 'dragonfly' && { 'undeclared-keys': 'unknown' }),
  };
  return { values, ...(version !== undefined && { version: version.replace(/^df-v/, '') }) };
}

function kindOf(fields: ReadonlyMap<string, string>): 'redis' | 'valkey' | 'dragonfly' {
  if (fields.has('dragonfly_version')) return 'dragonfly';
  return fields.has('valkey_version') || fields.get('server_name') === 'valkey'
    ? 'valkey'
    : 'redis';
}

function roleOf(fields: ReadonlyMap<string, string>, config: Readonly<Record<string, string>>) {
  if (fields.get('role') !== 'slave') return 'primary';
  const readOnly =
    config['replica-read-only'] ?? (fields.get('slave_read_only') === '0' ? 'no' : 'yes');
  return readOnly === 'no' ? 'writable replica' : 'read-only replica';
}

/** Undefined where there is no limit. */
function percent(used: string | undefined, limit: string | undefined): number | undefined {
  const [part, whole] = [Number(used), Number(limit)];
  return part >= 0 && whole > 0 ? Math.round((part / whole) * 100) : undefined;
}
