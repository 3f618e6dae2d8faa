import type { Database } from '../database/open.ts';

/**
 * Makes the database fail by the symbol of a transaction: POISON is refused for good, SHAKY fails as
 * if by accident, OUTAGE as if the server stopped, and SLOW takes two minutes.
 */
export async function makeFaulty({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(`
    create or replace function poolproof.be_faulty() returns trigger language plpgsql as $$
    begin
      case new.symbol
        when 'POISON' then raise exception 'no such character' using errcode = '22021';
        when 'SHAKY' then raise exception 'shaken' using errcode = 'XX000';
        when 'OUTAGE' then raise exception 'shutting down' using errcode = '57P01';
        when 'SLOW' then perform pg_sleep(120);
        else null;
      end case;
      return new;
    end $$;
    create or replace trigger be_faulty before insert on poolproof.transactions
      for each row execute function poolproof.be_faulty();`);
}

/** Makes the database work again. */
export async function makeSound({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query('drop trigger if exists be_faulty on poolproof.transactions');
}
