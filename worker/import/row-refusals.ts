import { echo } from './echo.ts';
import { isZero } from './fees.ts';
import type { RowFields } from './row-fields.ts';
import { RowProblem } from './row-problem.ts';
import { looksNotExecuted } from './words.ts';

const contracts =
  /\b(?:opt|option|options|fut|future|futures|fop|cfd|cfds|war|warrant|warrants|optionen|optionsscheine?)\b/i;

/** @throws RowProblem for what is known of a row, and changes its position in a way we do not follow. */
export function refuseUnsupported(fields: RowFields): void {
  if (fields.has('multiplier')) {
    const multiplier = fields.text('multiplier');
    if (multiplier !== '' && !/^1(?:[.,]0+)?$/.test(multiplier)) {
      throw new RowProblem(`expected 1, got ${echo(multiplier)}. Contracts are not supported`);
    }
  }
  if (fields.has('assetClass')) {
    const assetClass = fields.text('assetClass');
    if (contracts.test(assetClass)) {
      throw new RowProblem(
        `expected something that is held by the piece, got ${echo(assetClass)}. Contracts are not supported`,
      );
    }
  }
  const tax = fields.optionalNumber('tax');
  if (tax !== undefined && !isZero(tax)) {
    throw new RowProblem(
      `expected no tax on a trade, got ${tax}. Count it as a cost with map=fees=…, or leave it out with ignore=…`,
    );
  }
}

/** @throws RowProblem for a column that has no name we know, and yet says what would change the row. */
export function refuseUnreadColumns(fields: RowFields): void {
  const { columns } = fields.context;
  for (const { index, field } of columns.suspects) {
    const text = fields.textAt(index, field);
    const harmless =
      field === 'feeCurrency'
        ? text === '' || text === fields.text('currency')
        : !/[1-9]/.test(text) || (field === 'multiplier' && text === '1');
    if (harmless) continue;
    fields.textAt(index, field);
    const name = columns.header[index] ?? '';
    throw new RowProblem(
      `expected to know what the column ${echo(name)} is, got ${echo(text)} in it. Say map=${field}=${name} if it is that, or leave it out with ignore=${name}`,
    );
  }
  for (const index of columns.unused) {
    const text = fields.textAt(index, 'state');
    if (!looksNotExecuted(text)) continue;
    const name = columns.header[index] ?? '';
    throw new RowProblem(
      `expected to know what the column ${echo(name)} is, got ${echo(text)} in it. Say map=state=${name} if it is the state of an order, or leave it out with ignore=${name}`,
    );
  }
}
