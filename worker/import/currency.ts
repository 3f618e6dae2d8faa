import { echo } from './echo.ts';
import { RowProblem } from './row-problem.ts';

/** A currency, and how many of the units that a file counts in make one of it. */
export interface Unit {
  readonly currency: string;
  readonly per: 1 | 100;
}

const codes = new Set(Intl.supportedValuesOf('currency'));

/**
 * Quotes in hundredths, as exchanges in London, Tel Aviv and Johannesburg have them. GBp and GBP
 * differ in the case of one letter, and by a factor of a hundred.
 */
const hundredths: Readonly<Record<string, string>> = {
  GBX: 'GBP',
  ILA: 'ILS',
  ZAC: 'ZAR',
};
const read = new Map<string, Unit>();

/**
 * Reads a currency of ISO 4217, or one of the codes for its hundredths: GBp, GBX, ILA, ZAc.
 * @throws RowProblem
 */
export function parseCurrency(text: string): Unit {
  const known = read.get(text);
  if (known) return known;
  const unit = unitOf(text);
  read.set(text, unit);
  return unit;
}

function unitOf(text: string): Unit {
  const upper = /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : '';
  const whole = Object.hasOwn(hundredths, upper) ? hundredths[upper] : undefined;
  if (whole !== undefined) return { currency: whole, per: 100 };
  if (text === 'GBp') return { currency: 'GBP', per: 100 };
  if (upper === 'GBP' && text !== 'GBP') {
    throw new RowProblem(
      `expected GBP for pounds or GBX for pence, got ${echo(text)}, which may be either`,
    );
  }
  if (/^[A-Z]{2}[a-z]$/.test(text)) {
    throw new RowProblem(
      `expected a currency such as EUR, got ${echo(text)}, which may mean hundredths. Write ${upper} if it does not`,
    );
  }
  if (codes.has(upper)) return { currency: upper, per: 1 };
  throw new RowProblem(`expected three letters of ISO 4217 such as EUR, got ${echo(text)}`);
}
