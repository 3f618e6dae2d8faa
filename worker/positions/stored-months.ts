import type { PoolClient } from 'pg';
import { fromUnits, places, productPlaces, toUnits } from '../import/fixed.ts';
import { monthOf, type Booked, type Standing } from './month-book.ts';

/** What was booked of an instrument, and where its trades were followed from. */
export interface BookedInstrument extends Booked {
  readonly instrument: string;
  /** Standings after this date are no longer those. Undefined where all remain. */
  readonly changedFrom: string | undefined;
}

/** The last standing of each instrument whose month does not begin after a date. */
export async function readStandings(
  client: PoolClient,
  wanted: readonly { readonly instrument: string; readonly date: string }[],
): Promise<Map<string, Standing>> {
  if (wanted.length === 0) return new Map();
  const found = await client.query<{ instrument: string; month: string; standing: string }>(
    `select wanted.instrument, found.month::text as month, found.standing
     from unnest($1::bigint[], $2::date[]) as wanted(instrument, month),
       lateral (select month, standing from poolproof.standings as s
         where s.instrument = wanted.instrument and s.month <= wanted.month
         order by s.month desc limit 1) as found`,
    [wanted.map(({ instrument }) => instrument), wanted.map(({ date }) => monthOf(date))],
  );
  return new Map(
    found.rows.map(({ instrument, month, standing }) => [
      instrument,
      { month, ...standingFrom(standing) },
    ]),
  );
}

/** Puts what was booked in the place of what is stored, or behind it. */
export async function writeBooked(
  client: PoolClient,
  booked: readonly BookedInstrument[],
): Promise<void> {
  const changed = booked.filter(({ changedFrom }) => changedFrom !== undefined);
  if (changed.length > 0) {
    await client.query(
      `delete from poolproof.standings as s using unnest($1::bigint[], $2::date[]) as gone(instrument, day)
       where s.instrument = gone.instrument and s.month > gone.day`,
      [
        changed.map(({ instrument }) => instrument),
        changed.map(({ changedFrom }) => changedFrom ?? ''),
      ],
    );
  }
  const standings = booked.flatMap(({ instrument, standings: all }) =>
    all.map((standing) => [instrument, standing.month, textOf(standing)] as const),
  );
  await insert(
    client,
    'insert into poolproof.standings select * from unnest($1::bigint[], $2::date[], $3::text[]) on conflict do nothing',
    standings,
  );
  const months = booked.flatMap(({ instrument, months: all }) =>
    all.map((month) => ({ instrument, ...month })),
  );
  const rows = (some: typeof months) =>
    some.map(({ instrument, month, days }) => [instrument, month, days] as const);
  const put = `insert into poolproof.trade_months as m
    select * from unnest($1::bigint[], $2::date[], $3::text[])
    on conflict (instrument, month) do update set days =`;
  const kept = months.filter(({ days }) => days !== '');
  await insert(client, `${put} excluded.days`, rows(kept.filter(({ isMore }) => !isMore)));
  await insert(
    client,
    `${put} m.days || ';' || excluded.days`,
    rows(kept.filter(({ isMore }) => isMore)),
  );
  const empty = months.filter(({ days, isMore }) => days === '' && !isMore);
  if (empty.length > 0) {
    await client.query(
      `delete from poolproof.trade_months as m using unnest($1::bigint[], $2::date[]) as gone(instrument, month)
       where m.instrument = gone.instrument and m.month = gone.month`,
      [empty.map(({ instrument }) => instrument), empty.map(({ month }) => month)],
    );
  }
}

/** Forgets what was booked of instruments. */
export async function forgetBooked(
  client: PoolClient,
  instruments: readonly string[],
): Promise<void> {
  if (instruments.length === 0) return;
  for (const table of ['trade_months', 'standings']) {
    await client.query(`delete from poolproof.${table} where instrument = any($1)`, [instruments]);
  }
}

/** Rows of one statement: what is larger than that is written in parts. */
const atOnce = 5000;

async function insert(
  client: PoolClient,
  statement: string,
  rows: readonly (readonly [string, string, string])[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += atOnce) {
    const part = rows.slice(start, start + atOnce);
    await client.query(
      statement,
      ([0, 1, 2] as const).map((column) => part.map((row) => row[column])),
    );
  }
}

function textOf({ position: { quantity, cost, realisedGain }, last }: Standing): string {
  return [
    fromUnits(quantity, places),
    fromUnits(cost, productPlaces),
    fromUnits(realisedGain, productPlaces),
    last,
  ].join(' ');
}

function standingFrom(text: string): Omit<Standing, 'month'> {
  const [quantity = '0', cost = '0', realisedGain = '0', last = ''] = text.split(' ');
  return {
    last,
    position: {
      quantity: toUnits(quantity, places),
      cost: toUnits(cost, productPlaces),
      realisedGain: toUnits(realisedGain, productPlaces),
    },
  };
}
