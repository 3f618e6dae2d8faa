import waitFor from 'p-wait-for';
import { z } from 'zod';
import { projectRoot } from '../../../catalog/project.ts';
import { startEmbeddedPostgres } from '../../../worker/postgres/embedded.ts';
import type { Run } from '../../scenario/run.ts';

const trades = `date,symbol,side,quantity,price,fees,currency
2026-01-05,ABC,buy,10,100,5,EUR
2026-01-06,ABC,sell,4,120,1,EUR
`;

/** (10 x 100 + 5) / 10 a piece, and 4 x 120 - 1 for four of them. */
const expected = [
  { symbol: 'ABC', currency: 'EUR', quantity: '6', averageCost: '100.5', realisedGain: '77' },
];

const started = z.object({
  mode: z.enum(['queued', 'sync', 'known']),
  import: z.uuid(),
  reason: z.string().default('none'),
});
const record = z.object({ state: z.string() });
const holdings = z.object({ positions: z.array(z.record(z.string(), z.string())) });

/** The imports API and its worker, running as an actor beside a database for this run alone. */
export interface Imports extends AsyncDisposable {
  /** Posts the trades to a portfolio: how that was answered. */
  post(portfolio: string): Promise<z.output<typeof started>>;
  /** Posts them, and notes the mode, the reason for it, and after how many seconds the answer came. */
  postAndNote(portfolio: string): Promise<string>;
  /** Waits until an import is over, for 20 seconds at most. */
  over(id: string): Promise<void>;
  /** Records the import into a portfolio as a job: right if its positions count the trades once. */
  count(portfolio: string): Promise<void>;
}

export async function startImports(run: Run): Promise<Imports> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await startEmbeddedPostgres());
  const env = { PROJECT: projectRoot, DATABASE_URL: database.url, POOL: run.cell.pool };
  const server = stack.use(await run.actor('serve-imports.mjs', { env, until: ' at http' }));
  const [, version = 'none', address = 'http://127.0.0.1:0'] =
    /bullmq (\S+), .* at (\S+)/.exec(server.lines.join('\n')) ?? [];
  run.fact('bullmq', version);

  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(new URL(path, address), init);
    return response.json();
  };
  const positions = async (portfolio: string) =>
    holdings.parse(await ask(`/positions?portfolio=${portfolio}`)).positions;
  const post = async (portfolio: string) => {
    const headers = { 'content-type': 'text/csv' };
    const init = { method: 'POST', body: trades, headers };
    return started.parse(await ask(`/imports?portfolio=${portfolio}`, init));
  };
  // What it takes to open the database is not what is timed.
  await positions('none');
  const resources = stack.move();
  return {
    post,
    async postAndNote(portfolio) {
      const began = performance.now();
      const answer = await post(portfolio);
      run.fact('seconds', Math.round(performance.now() - began) / 1000);
      run.fact('mode', answer.mode);
      run.fact('reason', answer.reason);
      return answer.import;
    },
    async over(id) {
      const isOver = async () =>
        !['waiting', 'running'].includes(record.parse(await ask(`/imports/${id}`)).state);
      await waitFor(isOver, { interval: 50, timeout: 20_000 });
    },
    async count(portfolio) {
      const result = await positions(portfolio);
      run.job({ name: `import into ${portfolio}`, state: 'completed', result, expected });
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
