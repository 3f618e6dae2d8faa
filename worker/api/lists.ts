import type { Database } from '../database/open.ts';

interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

interface ShownPortfolio {
  readonly portfolio: string;
  readonly imports: number;
  readonly open: number;
  readonly transactions: number;
}

/** The portfolios by name, each with how many imports it has had and how many are not over. */
export async function listPortfolios(
  { pool }: Pick<Database, 'pool'>,
  { limit, after }: Page,
): Promise<{ portfolios: ShownPortfolio[]; next: { after: string } | null }> {
  const found = await pool.query<ShownPortfolio>(
    `select portfolio, count(*)::int as imports,
       (count(*) filter (where state in ('waiting', 'running')))::int as open,
       coalesce(sum(imported) filter (where state = 'done'), 0)::int as transactions
     from poolproof.imports where $1::text is null or portfolio > $1
     group by portfolio order by portfolio limit $2`,
    [after, limit + 1],
  );
  const portfolios = found.rows.slice(0, limit);
  const last = portfolios.at(-1);
  const next = found.rows.length > limit && last ? { after: last.portfolio } : null;
  return { portfolios, next };
}

interface ShownTransaction {
  readonly import: string;
  readonly line: number;
  readonly date: string;
  readonly symbol: string;
  readonly side: string;
  readonly quantity: string;
  readonly price: string;
  readonly fees: string;
  readonly currency: string;
}

interface NumberedTransaction extends ShownTransaction {
  readonly number: string;
}

interface TransactionFilter extends Page {
  readonly portfolio: string;
  readonly symbol?: string | undefined;
  readonly import?: string | undefined;
}

/** The transactions of a portfolio, in the order of their imports and lines. Amounts are text. */
export async function listTransactions(
  { pool }: Pick<Database, 'pool'>,
  { portfolio, symbol, import: id, limit, after }: TransactionFilter,
): Promise<{ transactions: ShownTransaction[]; next: { after: string } | null }> {
  const [number, line] = after?.split('.') ?? [null, null];
  const found = await pool.query<NumberedTransaction>(
    `select imports.id as import, number::text, line, traded_on::text as date, symbol, side,
       trim_scale(quantity)::text as quantity, trim_scale(price)::text as price,
       trim_scale(fees)::text as fees, currency
     from poolproof.transactions join poolproof.imports on number = import_number
     where imports.portfolio = $1 and ($2::text is null or symbol = $2)
       and ($3::uuid is null or imports.id = $3)
       and ($4::bigint is null or (number, line) > ($4, $5::int))
     order by imports.number, line limit $6`,
    [portfolio, symbol, id, number, line, limit + 1],
  );
  const rows = found.rows.slice(0, limit);
  const last = rows.at(-1);
  const isMore = found.rows.length > limit && last !== undefined;
  return {
    transactions: rows.map(withoutNumber),
    next: isMore ? { after: `${last.number}.${last.line}` } : null,
  };
}

/** The number is ours alone: it orders the imports of all portfolios. */
function withoutNumber(row: NumberedTransaction): ShownTransaction {
  const { import: id, line, date, symbol, side, quantity, price, fees, currency } = row;
  return { import: id, line, date, symbol, side, quantity, price, fees, currency };
}
