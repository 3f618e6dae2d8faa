import type { Database } from '../database/open.ts';
import { stageImport } from '../import/stage-import.ts';
import { inBytes } from './text.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';

/** Accepts an import of rows such as `2026-01-02,ABC,buy,10,100,5,EUR`. @returns its id. */
export function stageRows(
  database: Database,
  portfolio: string,
  ...rows: readonly string[]
): Promise<string> {
  const content = inBytes(`${header}${rows.join('\n')}\n`, 64 * 1024);
  return stageImport(database, { portfolio, onBadRow: 'reject', content });
}
