import { Presets, SingleBar } from 'cli-progress';
import pWaitFor from 'p-wait-for';
import { isOver, type ImportRecord } from '../../worker/import/import-record.ts';
import type { ImportsClient } from './client.ts';

/** How often the server is asked, in milliseconds. */
const interval = 200;

/** Waits until an import is over, and shows on standard error, where it is a terminal, how far it is. */
export async function followImport(client: ImportsClient, id: string): Promise<ImportRecord> {
  using bar = startBar();
  return await pWaitFor(
    async () => {
      const shown = await client.read(id);
      if (isOver(shown)) return pWaitFor.resolveWith(shown);
      if (shown.progress) {
        bar.update(shown.progress.bytes, shown.bytes, shown.progress.rows);
      }
      return false;
    },
    { interval },
  );
}

function startBar() {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: 'importing {bar} {percentage}% | {rows} rows',
      clearOnComplete: true,
    },
    Presets.shades_grey,
  );
  let started = false;
  return {
    update: (bytes: number, totalBytes: number, rows: number) => {
      if (!process.stderr.isTTY) return;
      if (!started) bar.start(totalBytes, 0, { rows });
      started = true;
      bar.update(bytes, { rows });
    },
    [Symbol.dispose]: () => {
      bar.stop();
    },
  };
}
