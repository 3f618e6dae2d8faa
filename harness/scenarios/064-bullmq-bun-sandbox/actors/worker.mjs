/** Starts on-bun.mjs with the Bun that is installed beside BullMQ. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const manifest = createRequire(import.meta.url).resolve('bun/package.json');
const { bin } = createRequire(import.meta.url)(manifest);
const bun = path.join(path.dirname(manifest), bin.bun);
spawn(bun, ['on-bun.mjs'], { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
