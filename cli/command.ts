import type { Command } from 'commander';

/**
 * What cli/<name>.ts exports: it adds arguments, options and the action to the command it is handed.
 * The action sets `process.exitCode`; it throws BadInput for what the user can put right (exit code 2).
 *
 * @example
 * export const configure: Configure = (command) => {
 *   command.argument('<bug>', 'a bug, such as 002').option('--json', 'print JSON').action(show);
 * };
 */
export type Configure = (command: Command) => void;

/** A command as `poolproof --help` shows it. Its module is loaded only when it is called. */
export interface CommandEntry {
  readonly summary: string;
  /** What to type, shown in `poolproof --help` and in the command's own help. */
  readonly example: string;
  readonly load: () => Promise<{ readonly configure: Configure }>;
}
