import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's heap of young objects as large as it is. Loading the program makes V8 double it, from 64
 * to 128 MB in sum, and it never becomes smaller: half of what the dashboard then takes (bench/dashboard.ts).
 * To be called before anything large is read. V8 looks at the flag whenever it is about to grow the heap.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
