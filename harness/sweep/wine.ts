import { execa } from 'execa';

/** Switches off the Windows machine of a prefix with everything that runs on it. One that is off stays off. */
export async function powerOff(prefix: string): Promise<void> {
  await execa('wineserver', ['--kill'], {
    env: { WINEPREFIX: prefix },
    stdin: 'ignore',
    // It fails when nothing runs there.
    reject: false,
  });
}
