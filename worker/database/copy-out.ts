import type { PoolClient } from 'pg';
import { to } from 'pg-copy-streams';

/**
 * The rows of a query, some hundreds at once, as text; null where there is none. A fifth of the time
 * that a cursor takes. To be read to the end before the client is used for anything else.
 * @param query without parameters, whose columns hold neither tabs nor line ends.
 */
export async function* copyOut(
  client: PoolClient,
  query: string,
): AsyncGenerator<readonly (readonly (string | null)[])[]> {
  const stream = client.query(to(`copy (${query}) to stdout`));
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n');
    rest = text.slice(end + 1);
    if (end !== -1) yield text.slice(0, end).split(/\r?\n/).map(fieldsOf);
  }
}

function fieldsOf(row: string): readonly (string | null)[] {
  const fields = row.split('\t');
  if (!row.includes('\\')) return fields;
  return fields.map((field) => (field === '\\N' ? null : field.replaceAll('\\\\', '\\')));
}
