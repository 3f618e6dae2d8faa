/** Loaded into a build: writes down at its end what it has used. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  if (process.env.BENCH_USAGE) {
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage()));
  }
});
