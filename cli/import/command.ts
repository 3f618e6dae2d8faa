import { openAsBlob } from 'node:fs';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { formatProblem, InvalidFiles, type Problem } from '../../catalog/problem/problem.ts';
import type { ImportRecord } from '../../worker/import/import-record.ts';
import { print, printJson } from '../terminal.ts';
import { createImportsClient } from './client.ts';
import { followImport } from './follow.ts';

export interface ImportOptions {
  readonly server: string;
  readonly portfolio: string;
  readonly skipBadRows?: true;
  readonly dryRun?: true;
  readonly map: readonly string[];
  readonly ignore: readonly string[];
  readonly encoding?: string;
  readonly preset?: string;
  readonly decimal?: string;
  readonly dates?: string;
  readonly order?: string;
  readonly known?: string;
  readonly json?: true;
}

/**
 * Imports a file through a running server, and waits until it is in.
 * Exit code 1, with the reason, when it failed or was cancelled.
 * @throws BadInput when the file cannot be read, the server is not there or refuses it, or rows are bad.
 */
export async function commandImport(file: string, options: ImportOptions): Promise<void> {
  const client = createImportsClient(options.server);
  const started = await client.start(await readable(file), queryOf(options));
  if (started.mode === 'sync') process.stderr.write(`Ran at once: ${started.reason}.\n`);
  const record = await followImport(client, started.import);
  if (options.json) printJson(record);
  const problems = problemsOf(file, record);
  if (record.state === 'rejected') throw new InvalidFiles(problems);
  if (record.state !== 'done') {
    process.stderr.write(
      `${file} is not imported: ${record.state}, ${record.reason ?? 'by request'}. ` +
        `Try it again with: curl -X POST ${new URL(`/imports/${record.id}/retry`, options.server).href}\n`,
    );
    process.exitCode = 1;
    return;
  }
  for (const problem of problems) process.stderr.write(`skipped ${formatProblem(problem)}\n`);
  if (!options.json) print(summaryOf(file, record));
}

const said = ['encoding', 'preset', 'decimal', 'dates', 'order', 'known'] as const;

function queryOf(options: ImportOptions): URLSearchParams {
  const query = new URLSearchParams({
    portfolio: options.portfolio,
    onBadRow: options.skipBadRows ? 'skip' : 'reject',
  });
  for (const name of said) if (options[name] !== undefined) query.set(name, options[name]);
  for (const each of options.map) query.append('map', each);
  for (const each of options.ignore) query.append('ignore', each);
  if (options.dryRun) query.set('dry-run', 'true');
  return query;
}

async function readable(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file);
  } catch (cause) {
    throw new BadInput(`expected a file that can be read, got ${file}. Is its name right?`, {
      cause,
    });
  }
}

function problemsOf(file: string, { badRows, badRowCount }: ImportRecord): Problem[] {
  const problems = badRows.map(({ line, reason }) => ({ file, line, message: reason }));
  const more = badRowCount - badRows.length;
  return more > 0 ? [...problems, { file, message: `and ${more} more bad rows` }] : problems;
}

function summaryOf(file: string, record: ImportRecord): string {
  const { imported, rows, portfolio, duplicateOf, known, leftOut, unusedColumns, outlook } = record;
  if (duplicateOf !== null) {
    return `Nothing to do: ${portfolio} has had ${file} before, as import ${duplicateOf}.`;
  }
  const done = record.dryRun ? 'Would import' : 'Imported';
  const others = Object.entries(leftOut).map(([what, count]) => `${count} ${what}`);
  return [
    `${done} ${imported ?? 0} of ${rows ?? 0} rows into ${portfolio}.`,
    ...(known > 0 ? [`Known from another file: ${known}.`] : []),
    ...(others.length > 0 ? [`Left out, since they are no trades: ${others.join(', ')}.`] : []),
    ...(unusedColumns.length > 0
      ? [`Columns that were not read: ${unusedColumns.join(', ')}.`]
      : []),
    ...(outlook ?? []).map(
      ({ symbol, currency, quantity, averageCost }) =>
        `${symbol}: ${quantity} at ${averageCost} ${currency}`,
    ),
  ].join('\n');
}
