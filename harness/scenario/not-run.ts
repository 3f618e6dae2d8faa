/** Thrown where the machine lacks what a run needs: the cell is `not run`, and the message says what to do about it. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}
