import { readFileSync } from 'node:fs';

/** What Linux tells of a process, `cmdline` say; empty for one that has ended or is not ours to look at. */
export function readProc(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
