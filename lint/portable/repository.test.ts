import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { evidenceFile } from '../../catalog/evidence/read.ts';
import { projectRoot } from '../../catalog/project.ts';
import { hasGit } from '../../catalog/testing/git.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { clashing, whyNoSuchFile } from './file-names.ts';
import { whyNotOnWindows } from './npm-script.ts';

async function listFiles(...options: string[]): Promise<string[]> {
  const { stdout } = await execa('git', ['ls-files', '-z', ...options], { cwd: projectRoot });
  return stdout.split('\0').filter((line) => line !== '');
}

const files = hasGit ? await listFiles() : [];

/** Of every claim in every cell, recorded or not. */
const evidence = readWriteups().flatMap(({ slug, claims }) =>
  claims.flatMap((claim) =>
    cellsOf(claim).map((cell) =>
      path.posix.join(
        ...path
          .relative(projectRoot, evidenceFile({ slug, claim: claim.id, cell }))
          .split(path.sep),
      ),
    ),
  ),
);

describe.skipIf(!hasGit)('the repository can be checked out on Windows and macOS', () => {
  test('its files have names that Windows takes, evidence not yet recorded included', () => {
    const refused = [...files, ...evidence].flatMap((name) => {
      const why = whyNoSuchFile(name);
      return why === undefined ? [] : `${name}: ${why}`;
    });
    expect(refused).toEqual([]);
    expect(clashing([...new Set([...files, ...evidence])])).toEqual([]);
  });

  test('its lines end in LF there too, but for files that say so in .gitattributes', async () => {
    const listed = await listFiles('--eol');
    expect(listed.filter((line) => !/attr\/(?:text=auto eol=lf|-text) /.test(line))).toEqual([]);
    const withCrlf = listed.filter((line) => line.startsWith('i/crlf'));
    expect(withCrlf.filter((line) => !line.includes('attr/-text'))).toEqual([]);
  });

  test('its npm scripts run in the shell of Windows', () => {
    const refused = Object.entries(packageJson.scripts).flatMap(([name, script]) => {
      const why = whyNotOnWindows(script);
      return why === undefined ? [] : `${name}: ${why}`;
    });
    expect(refused).toEqual([]);
  });
});

describe('a name that Windows refuses is told', () => {
  test.each([
    'evidence/12:30.json',
    'what?.md',
    String.raw`a\b.ts`,
    'folder./a.ts',
    'a ',
    'aux.ts',
    'docs/NUL',
    'docs/com1/a.md',
    `${'long/'.repeat(36)}a`,
  ])('%s', (name) => {
    expect(whyNoSuchFile(name)).toBeDefined();
  });

  test.each(['harness/console.ts', '.gitignore', 'a b.md', '[...run].astro', 'ä.md'])(
    '%s is fine',
    (name) => {
      expect(whyNoSuchFile(name)).toBeUndefined();
    },
  );

  test('two that differ by capitals alone', () => {
    expect(clashing(['Readme.md', 'a.ts', 'README.md'])).toEqual([['Readme.md', 'README.md']]);
  });
});

describe('a script that the shell of Windows does not run is told', () => {
  test.each([
    'NODE_ENV=test vitest',
    'vitest && FOO=1 node x',
    "eslint '**/*.ts'",
    'rm -rf dist',
    'tsc && cp a b',
    'echo $HOME',
    'node a; node b',
    './node_modules/.bin/vitest',
    'node a >/dev/null',
  ])('%s', (script) => {
    expect(whyNotOnWindows(script)).toBeDefined();
  });

  test.each([
    'astro sync && tsc --noEmit',
    'node cli/poolproof.mjs start',
    'npm run a || npm run b',
  ])('%s is fine', (script) => {
    expect(whyNotOnWindows(script)).toBeUndefined();
  });
});
