/**
 * Why a program cannot be asked to stop here; undefined where it can. On Windows Ctrl-C comes from a
 * console alone, and what is called a signal there ends the process before it could do anything.
 */
export const whyNoSignals =
  process.platform === 'win32'
    ? 'Windows has no signals: only a person at its console can ask it to stop'
    : undefined;

/** Asks a program to stop, as Ctrl-C at its terminal does. */
export function askToStop(program: { readonly kill: (signal: NodeJS.Signals) => unknown }): void {
  // eslint-disable-next-line portable/no-signal -- tests that need an answer ask for whyNoSignals first
  program.kill('SIGINT');
}
