import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import waitFor from 'p-wait-for';
import { reasonOf } from '../../dashboard/health/reason.ts';
import type { ImportService } from '../../worker/api/import-service.ts';
import { isOver, readImport, type ImportRecord } from '../../worker/import/import-record.ts';
import type { Reporter } from './reporter.ts';

const portfolio = 'sample';
/** How long one sample may take before the start goes on without it, in milliseconds. */
const deadlineMs = 60_000;

export interface Samples {
  /** Every CSV file of this folder is imported. */
  readonly dir: string;
  readonly service: ImportService;
  readonly signal: AbortSignal;
  readonly report: Reporter;
}

/**
 * Imports the samples, so that a first look at the board shows something. A later start finds them
 * imported and changes nothing. Samples that cannot be imported stop nothing else.
 * @throws what aborted the signal.
 */
export async function importSamples(samples: Samples): Promise<void> {
  const { dir, signal, report } = samples;
  const files = (await readdir(dir)).filter((name) => name.endsWith('.csv')).toSorted();
  for (const file of files) {
    try {
      report.say('sample', `${file}: ${describe(await importSample(file, samples))}`);
    } catch (error) {
      signal.throwIfAborted();
      report.say('sample', `${file}: ${reasonOf(error)}`);
    }
  }
}

async function importSample(file: string, { dir, service, signal }: Samples) {
  const { import: id } = await service.start({
    portfolio,
    onBadRow: 'reject',
    idempotencyKey: file,
    content: createReadStream(path.join(dir, file)),
  });
  let record: ImportRecord | undefined;
  const isFinished = async () => {
    record = await readImport(service.database, id);
    return record !== undefined && isOver(record);
  };
  const goOn = { milliseconds: deadlineMs, fallback: () => true };
  await waitFor(isFinished, { timeout: goOn, signal });
  return record;
}

function describe(record: ImportRecord | undefined): string {
  switch (record?.state) {
    case 'done':
      return `done, ${record.imported ?? 0} transactions`;
    case 'rejected':
      return `rejected, as it should be: line ${record.badRows[0]?.line ?? '?'}, ${record.badRows[0]?.reason ?? '?'}`;
    case 'failed':
      return `failed: ${record.reason ?? 'for a reason that is not known'}`;
    case 'cancelled':
    case 'undone':
      return record.state;
    case 'waiting':
    case 'running':
    case undefined:
      return `not imported after ${deadlineMs / 1000} s; the board shows why`;
  }
}
