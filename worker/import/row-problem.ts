/** Why a row cannot be imported: caught where the row is read, shown beside its line. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem';
  /** As the column is called in the file; undefined where no single column is to blame. */
  column: string | undefined;

  constructor(reason: string) {
    // A file may have millions of bad rows, and nobody reads where in our code they were found.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(reason);
    Error.stackTraceLimit = stackTraceLimit;
  }

  /** Says which column is to blame: what it is to us, and how the file calls it. */
  blame(field: string, column: string): this {
    this.message = `${field}: ${this.message}`;
    this.column = column;
    return this;
  }
}
