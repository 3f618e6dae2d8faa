/** What the guides, README.md and CONTRIBUTING.md tell people to type can be typed. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { folders, projectRoot } from '../catalog/project.ts';
import { commands } from './commands.ts';

const guides = globSync('site/content/docs/guides/*.md', { cwd: projectRoot });
const files = [...guides, 'README.md', 'CONTRIBUTING.md'];

/** A line of a block that a reader types, without what a shell adds. */
interface Line {
  readonly file: string;
  readonly text: string;
}

function linesOf(file: string): Line[] {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  const blocks = [...text.matchAll(/^```sh\r?\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll(/\\\r?\n\s*/g, '').split(/\r?\n/),
  );
  return blocks
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .flatMap((line) => line.split(/\s*(?:&&|\|)\s*/))
    .filter((line) => line !== '')
    .map((line) => ({ file, text: line }));
}

/** Words as a shell splits them. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'>]|>\S)+/g) ?? [];
  return words.map((word) => word.replaceAll(/["']/g, '')).filter((word) => !word.startsWith('>'));
}

const lines = files.flatMap(linesOf);

/** The arguments of poolproof in a line, whichever way it is called. */
function argumentsOf({ text }: Line): string[] | undefined {
  const words = wordsOf(text).filter((word, index, all) => {
    const before = all.slice(0, index);
    return !/^[A-Z_]+=/.test(word) || before.some((one) => !/^[A-Z_]+=/.test(one));
  });
  const [program, ...rest] = words;
  if (program === 'poolproof') return rest;
  if (program !== 'npm' || rest[0] !== 'run') return undefined;
  const [script = '', ...more] = rest.slice(1).filter((word) => word !== '-s' && word !== '--');
  if (script === 'poolproof') return more;
  return script in commands ? [script, ...more] : undefined;
}

/** Parses as `poolproof` would, and does nothing. */
async function parse(args: readonly string[]): Promise<void> {
  const program = new Command('poolproof').exitOverride().enablePositionalOptions();
  program.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  const [name = ''] = args;
  const entry = commands[name];
  if (entry === undefined) throw new Error(`there is no command "${name}"`);
  const command = program.command(name);
  (await entry.load()).configure(command);
  for (const one of withAllBelow(command)) one.action(() => undefined);
  await program.parseAsync([...args], { from: 'user' });
}

function withAllBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

describe('what is to be typed', () => {
  const typed = lines.flatMap((line) => {
    const args = argumentsOf(line);
    return args === undefined ? [] : [{ ...line, args }];
  });

  test('is found', () => {
    expect(guides.length).toBeGreaterThan(5);
    expect(new Set(typed.map(({ file }) => file)).size).toBeGreaterThan(5);
  });

  test.each(typed)('$file: $text', async ({ args }) => {
    await expect(parse(args)).resolves.toBeUndefined();
  });

  test('a command or an option that does not exist is noticed', async () => {
    await expect(parse(['harnes', '002'])).rejects.toThrow('no command');
    await expect(parse(['harness', '002', '--no-such'])).rejects.toThrow('unknown option');
    await expect(parse(['show'])).rejects.toThrow("missing required argument 'bug'");
  });

  test('every script of npm is there', () => {
    const scripts = lines.flatMap(({ text }) => /^npm run (?:-s )?(\S+)/.exec(text)?.[1] ?? []);
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  test('every bug that is named is there', () => {
    const numbers = typed.flatMap(({ args }) =>
      args.flatMap((arg) => /^(?:BUG-)?(\d{3})$/.exec(arg)?.[1] ?? []),
    );
    const made = '099';
    for (const number of numbers.filter((one) => one !== made)) {
      expect(globSync(`${number}-*.mdx`, { cwd: folders.bugs(projectRoot) })).toHaveLength(1);
    }
  });

  test('every file of this repository that a guide names is there', () => {
    const named = guides.flatMap((file) =>
      [
        ...readFileSync(path.join(projectRoot, file), 'utf8').matchAll(
          /`([\w.-]+\/[\w./-]+\.\w+)`/g,
        ),
      ].map(([, name = '']) => name),
    );
    for (const name of named.filter((one) =>
      /^(docs|harness|catalog|\.github|cli|worker)\//.test(one),
    )) {
      expect({ name, there: existsSync(path.join(projectRoot, name)) }).toEqual({
        name,
        there: true,
      });
    }
  });
});
