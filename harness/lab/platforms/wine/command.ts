import path from 'node:path';
import type { WindowsProgram } from './machine.ts';
import { toWindowsPath } from '../../runtimes/windows/windows-path.ts';

/**
 * The command that starts a Windows program, its output where the program wants it.
 *
 * @param scripts the folder of our scripts, on the machine that has Wine.
 */
export function wineCommand(
  { file, arguments: args, output }: WindowsProgram,
  scripts: string,
): string[] {
  const command = ['sh', path.posix.join(scripts, 'steady'), 'wine', toWindowsPath(file), ...args];
  return output === undefined
    ? command
    : ['sh', '-c', 'exec "$@" <"/dev/null" >"$0" 2>&1', output, ...command];
}
