/** Notes how much of the processor its process has used, in microseconds. */
import { appendFileSync } from 'node:fs';

setInterval(() => {
  const { user, system } = process.cpuUsage();
  appendFileSync(`used by ${process.pid}`, `${user + system}\n`);
}, 100);
