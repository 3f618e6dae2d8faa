import { existsSync, readdirSync, realpathSync } from 'node:fs';
import pWaitFor from 'p-wait-for';
import { readProc } from './read-proc.ts';

/**
 * What makes Wine use a prefix. Its server's socket lies in a folder below TMPDIR that Wine never
 * removes: within the prefix it goes when that goes.
 */
export function inPrefix(prefix: string): { WINEPREFIX: string; TMPDIR: string } {
  return { WINEPREFIX: prefix, TMPDIR: prefix };
}

/**
 * Switches off the Windows machine of a prefix with everything that runs on it, as a power cut would: asked
 * to end, Wine's server takes a second to write a registry that nobody will read. One that is off stays off.
 *
 * @throws after 10 s when something does not end.
 */
export async function powerOff(prefix: string): Promise<void> {
  const real = existsSync(prefix) ? realpathSync(prefix) : prefix;
  await pWaitFor(() => processesOf(real).filter(killed).length === 0, {
    interval: 20,
    timeout: { milliseconds: 10_000, message: `Windows programs still run in ${real}.` },
  });
}

/**
 * Whether the Windows machine of a prefix is on: whether its services run. They do from boot on, and are
 * the first to go, together with all programs, a second before the server itself.
 */
export function isOn(prefix: string): boolean {
  return processesOf(prefix).some((pid) => readProc(pid, 'cmdline').includes('services.exe'));
}

/** The server of a prefix, and all that runs on it. */
function processesOf(prefix: string): string[] {
  return readdirSync('/proc').filter(
    (pid) =>
      /^\d+$/.test(pid) &&
      readProc(pid, 'environ').split('\0').includes(`WINEPREFIX=${prefix}`) &&
      // Of a process that has ended and only awaits its parent, nothing but the name is left.
      readProc(pid, 'cmdline') !== '',
  );
}

function killed(pid: string): boolean {
  try {
    return process.kill(Number(pid), 'SIGKILL');
  } catch {
    return false;
  }
}
