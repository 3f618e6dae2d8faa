/** Places after the decimal mark that a number of a file may have. */
export const places = 18;
/** Those of a product of two such numbers. */
export const productPlaces = 2 * places;

/**
 * Exact decimals as whole numbers of their last place: sums and products of a million rows in a
 * fraction of the time that decimal.js takes (bench/imports.ts).
 * @param text a plain decimal such as -12.50, with at most `scale` places.
 */
export function toUnits(text: string, scale: number): bigint {
  if (text === '0') return 0n;
  const point = text.indexOf('.');
  if (point === -1) return BigInt(text) * powerOfTen(scale);
  const missing = scale - (text.length - point - 1);
  if (missing < 0) throw new Error(`Expected at most ${scale} places, got ${text}.`);
  return BigInt(text.slice(0, point) + text.slice(point + 1)) * powerOfTen(missing);
}

const powers: bigint[] = [];

/** Worked out once: a power costs more than everything else here. */
export function powerOfTen(exponent: number): bigint {
  return (powers[exponent] ??= 10n ** BigInt(exponent));
}

/** The plain decimal of a whole number of units, without zeros at its end. */
export function fromUnits(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A quotient as a whole number, half to even, as banks round. Both parts are at least 0. */
export function divideEvenly(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return quotient + 1n;
}
