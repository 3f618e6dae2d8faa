/**
 * What lets the trades of an instrument be followed again without reading each of them: a trade that
 * is dated back changes each later sale's share of the cost, and leaves all other days as they are.
 *
 * - `trade_months.days`: what was bought and sold on each day of a month (worker/positions/month-book.ts).
 * - `standings.standing`: the position before the first trade of a month, once a quarter.
 * - `positions.summed_to`: the date up to which both hold all trades. Null: they hold none; they are
 *   written when the trades are read the next time.
 */
export const sums = `
  create table if not exists poolproof.trade_months (
    instrument bigint not null,
    month date not null,
    days text not null,
    primary key (instrument, month)
  );
  create table if not exists poolproof.standings (
    instrument bigint not null,
    month date not null,
    standing text not null,
    primary key (instrument, month)
  );
  alter table poolproof.positions add column if not exists summed_to date;
`;
