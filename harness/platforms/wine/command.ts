import type { WindowsProgram } from './machine.ts';
import { toWindowsPath } from './windows-path.ts';

/** The command that starts a Windows program, its output where the program wants it. */
export function wineCommand({ file, arguments: args, output }: WindowsProgram): string[] {
  const command = ['wine', toWindowsPath(file), ...args];
  return output === undefined
    ? command
    : ['sh', '-c', 'exec "$@" <"/dev/null" >"$0" 2>&1', output, ...command];
}
