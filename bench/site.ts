/**
 * Building the site, beside Starlight as it comes with the same pages, in the same run:
 *
 *     node bench/site.ts 10 60 300 1000
 *     node bench/site.ts 60:2142
 *
 * Each number is one of write-ups, copies of those in bugs/ under other ids; after the colon stands how
 * many pieces of evidence they share, four each by default. Nothing of it stays.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../catalog/project.ts';
import { measureBuild, type BuildCost } from './site/build.ts';
import { planCopies, writeCopies, type Copy } from './site/copies.ts';
import { writeStock } from './site/stock.ts';

const sizes = process.argv.slice(2);

/** Inside the repository, because the packages that a build uses must be found above it. */
async function buildOnce(write: (root: string) => void): Promise<BuildCost> {
  const home = path.join(projectRoot, '.poolproof');
  mkdirSync(home, { recursive: true });
  const root = mkdtempSync(path.join(home, 'site-bench-'));
  try {
    write(root);
    return await measureBuild(root);
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

const costs = ({ wallSeconds, cpuSeconds, peakMegabytes, pages, megabytes }: BuildCost): string =>
  [
    `${wallSeconds.toFixed(1)} s`,
    `${cpuSeconds.toFixed(1)} CPU s`,
    `${peakMegabytes.toFixed(0)} MB`,
    `${pages} pages`,
    `${megabytes.toFixed(1)} MB of files`,
  ].join(', ');

for (const size of sizes.length > 0 ? sizes : ['60']) {
  const [writeups = 0, cells = 4 * writeups] = size.split(':').map(Number);
  if (!Number.isInteger(writeups) || writeups < 1 || !Number.isInteger(cells)) {
    throw new Error(`expected a number such as 300 or 300:1200, got "${size}"`);
  }
  const copies: Copy[] = planCopies(writeups, cells);
  const recorded = copies.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const stock = await buildOnce((root) => {
    writeStock(root, copies);
  });
  const ours = await buildOnce((root) => {
    writeCopies(root, copies);
  });
  process.stdout.write(
    [
      `site: ${writeups} write-ups, ${recorded} cells`,
      `site:   stock ${costs(stock)}`,
      `site:   ours  ${costs(ours)}`,
      `site: ours / stock = ${(ours.wallSeconds / stock.wallSeconds).toFixed(2)} time, ${(ours.cpuSeconds / stock.cpuSeconds).toFixed(2)} CPU, ${(ours.peakMegabytes / stock.peakMegabytes).toFixed(2)} memory`,
      '',
    ].join('\n'),
  );
}
