/**
 * Input that cannot be used: a file, an option, an argument. The command line prints the message
 * without a stack and exits with 2, so the message says what was expected, what was got and what to
 * type next.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
