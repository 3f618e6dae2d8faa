#!/usr/bin/env node
// Plain JavaScript: a Node that is too old cannot read the TypeScript behind it.
const oldest = 24;

if (Number.parseInt(process.versions.node) >= oldest) {
  await import('./poolproof.ts');
} else {
  process.stderr.write(
    `error: poolproof needs Node ${oldest} or newer and was started with ${process.versions.node}.\n` +
      'Start it through npm, which brings the right one: npx poolproof --help\n',
  );
  process.exitCode = 2;
}
