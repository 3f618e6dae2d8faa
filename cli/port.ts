import { InvalidArgumentError } from 'commander';

/** Reads the argument of `--port`. @throws InvalidArgumentError, which ends in exit code 2. */
export function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('Expected a number from 0 (any free port) to 65535.');
}
