/** Bundles worker.mjs into the file OUTFILE, all of it or without the packages, as EXTERNAL says. */
import { build } from 'esbuild';

const { OUTFILE, EXTERNAL } = process.env;
await build({
  entryPoints: ['worker.mjs'],
  bundle: true,
  platform: 'node',
  format: OUTFILE.endsWith('.cjs') ? 'cjs' : 'esm',
  outfile: OUTFILE,
  ...(EXTERNAL === 'yes' && { packages: 'external' }),
});
console.log('built');
