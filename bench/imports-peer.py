"""The peer of bench/imports.ts: csv, Decimal and COPY, as one writes it by hand in an hour.

Reads a portfolio file, works out the positions by the average cost method, and copies the rows into
a table of its own, with the keys of ours or without. Prints the seconds from opening the file to the
end of the commit. It refuses nothing and recognises nothing: that is what it is faster by.
"""

import csv
import sys
import time
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

import psycopg

getcontext().prec = 60
PLACES = Decimal(1).scaleb(-18)


def run(url: str, path: str, keyed: bool) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("drop table if exists peer")
        connection.execute(
            "create table peer (portfolio text, line int, traded_on date, symbol text, side text,"
            " quantity numeric, price numeric, fees numeric, currency text)"
        )
        if keyed:
            connection.execute("alter table peer add primary key (portfolio, line)")
            connection.execute("create index on peer (portfolio, symbol, currency, traded_on)")
    begun = time.perf_counter()
    positions = {}
    with psycopg.connect(url) as connection, open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        with connection.cursor().copy("copy peer from stdin") as copy:
            for line, row in enumerate(rows, 2):
                date, symbol, side, quantity, price, fees, currency = row
                q, p, f = Decimal(quantity), Decimal(price), Decimal(fees)
                held, cost, gain = positions.get((symbol, currency), (Decimal(0),) * 3)
                if side == "buy":
                    held, cost = held + q, cost + q * p + f
                elif q > held:
                    raise ValueError(f"line {line}: more sold than held")
                else:
                    share = cost if q == held else (cost * q / held).quantize(PLACES, ROUND_HALF_EVEN)
                    held, cost, gain = held - q, cost - share, gain + q * p - f - share
                positions[symbol, currency] = held, cost, gain
                copy.write_row(("peer", line, date, symbol, side, q, p, f, currency))
    return time.perf_counter() - begun


print(run(sys.argv[1], sys.argv[2], sys.argv[3] == "keyed"))
