import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '../database/open.ts';
import type { OnBadRow } from './import-record.ts';
import { plainReading, type Reading } from './reading.ts';

/** What someone wants imported. */
export interface ImportRequest {
  readonly portfolio: string;
  readonly onBadRow: OnBadRow;
  /** The same key for the same portfolio is the same import, however often it is asked for. */
  readonly idempotencyKey?: string | undefined;
  /** How the file is to be read. Default: what is not said is found out, or refused. */
  readonly reading?: Reading | undefined;
  readonly content: AsyncIterable<Uint8Array>;
}

/** An idempotency key that was used for another file, or with another choice for bad rows. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';

  constructor(key: string) {
    super(
      `expected a new idempotency key for another file or another choice, got "${key}" again. Send one that was not used before`,
    );
  }
}

/** Bytes of the file in one row of the table: few round trips, and little memory. */
const pieceSize = 256 * 1024;

/**
 * Puts a file into the database, piece by piece, for a worker to import. All of it or nothing.
 * @returns the id of the import: a new one, or that of the same idempotency key.
 * @throws KeyReused
 */
export async function stageImport(database: Database, request: ImportRequest): Promise<string> {
  return database.inTransaction(async (client) => {
    const { portfolio, onBadRow, idempotencyKey = null, content, reading = plainReading } = request;
    const id = randomUUID();
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify([portfolio, idempotencyKey ?? id]),
    ]);
    await client.query(
      `insert into poolproof.imports (id, portfolio, on_bad_row, sha256, bytes, reading, dry_run)
       values ($1, $2, $3, '', 0, $4, $5)`,
      [id, portfolio, onBadRow, JSON.stringify(reading), reading.dryRun],
    );
    const { sha256, bytes } = await storePieces(client, id, content);
    const before = await client.query<{ id: string; same: boolean }>(
      `select id, sha256 = $3 and on_bad_row = $4 and reading = $5::jsonb as same
       from poolproof.imports where portfolio = $1 and idempotency_key = $2`,
      [portfolio, idempotencyKey, sha256, onBadRow, JSON.stringify(reading)],
    );
    const [first] = before.rows;
    if (first) {
      if (!first.same) throw new KeyReused(idempotencyKey ?? '');
      await client.query('delete from poolproof.imports where id = $1', [id]);
      return first.id;
    }
    await client.query(
      `update poolproof.imports set sha256 = $2, bytes = $3, idempotency_key = $4 where id = $1`,
      [id, sha256, bytes, idempotencyKey],
    );
    return id;
  });
}

async function storePieces(
  client: PoolClient,
  id: string,
  content: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let piece = 0;
  for await (const part of inPieces(content)) {
    hash.update(part);
    bytes += part.length;
    await client.query('insert into poolproof.import_pieces values ($1, $2, $3)', [
      id,
      piece++,
      part,
    ]);
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    parts.push(part);
    size += part.length;
    if (size < pieceSize) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(parts);
}
