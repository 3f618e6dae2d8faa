import { parseArgsStringToArgv as split } from 'string-argv';
import type { FactValue } from './fact-names.ts';

const separators = new Set(['&&', '||', ';', '|', '&']);
const programsOfPackages = new Set(['npm', 'npx', 'yarn', 'pnpm', 'pnpx']);
const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh']);
const inits = new Set(['tini', 'tini-static', 'dumb-init', 'catatonit', 'init', 's6-svscan']);

/** The facts of a process that its command tells, by their names. */
export function factsOfCommand(argv: readonly string[]): Record<string, FactValue> {
  const celery = celeryIn(words(argv));
  const first = firstProgram(argv);
  return { runs: 'other', ...(celery ?? {}), 'process-1': first };
}

/** Splits a command as a shell would. */
export function splitCommand(command: string): string[] {
  return split(command);
}

/** All words of a command, those within `sh -c "…"` too. */
function words(argv: readonly string[]): string[] {
  return argv.flatMap((word) =>
    /\s/.test(word.trim()) ? words(split(word.replace(/(&&|\|\||;)/g, ' $1 '))) : [word],
  );
}

function firstProgram(argv: readonly string[]): 'program' | 'init' | 'npm' | 'shell' {
  const [program = '', ...rest] = argv;
  const name = baseName(program);
  if (inits.has(name)) return 'init';
  if (programsOfPackages.has(name)) return 'npm';
  if (!shells.has(name)) return 'program';
  const script = rest[rest.indexOf('-c') + 1] ?? '';
  // A script file is taken to end with exec, as entry points do; nobody has read it.
  if (!rest.includes('-c')) return 'program';
  const replaced = /(?:^|[;&]\s*)exec\s+([^;&|]+)$/.exec(script.trim())?.[1];
  return replaced === undefined ? 'shell' : firstProgram(split(replaced));
}

function celeryIn(all: readonly string[]): Record<string, FactValue> | undefined {
  const calls = all.flatMap((word, index) => (baseName(word) === 'celery' ? [index] : []));
  const options = calls
    .map((start) => {
      const end = all.findIndex((word, index) => index > start && separators.has(word));
      return all.slice(start + 1, end === -1 ? undefined : end);
    })
    .find((one) => one.includes('worker') || one.includes('beat'));
  if (options === undefined) return undefined;
  const isWorker = options.includes('worker');
  const pidfile = option(options, ['--pidfile']);
  const shared = { pidfile: pidfile === undefined || pidfile === '' ? 'none' : 'named' };
  if (!isWorker) return { runs: 'celery beat', beat: true, ...shared };
  const concurrency = option(options, ['-c', '--concurrency']) ?? option(options, ['--autoscale']);
  const name = option(options, ['-n', '--hostname']);
  return {
    runs: 'celery worker',
    beat: options.some((word) => word === '-B' || word === '--beat'),
    pool: option(options, ['-P', '--pool']) ?? 'prefork',
    concurrency: concurrency === undefined ? 'not set' : 'set',
    // %h and %n are the host's name, which each container has for itself; so is what a shell fills in.
    nodename: name === undefined || /%[hn]|\$/.test(name) ? 'own' : 'same',
    ...shared,
  };
}

/** The value of `-P solo`, `-Psolo`, `--pool solo` or `--pool=solo`. */
function option(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1] ?? '';
      if (name.startsWith('--') && word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (!name.startsWith('--') && word.startsWith(name))
        return word.slice(name.length).replace(/^=/, '');
    }
  }
  return undefined;
}

function baseName(program: string): string {
  return program.replace(/^.*[/\\]/, '').replace(/\.(?:exe|cmd)$/i, '');
}
