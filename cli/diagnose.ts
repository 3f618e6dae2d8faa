import { createHistoryLookUp } from '../catalog/verdict/history-look-up.ts';
import { createLogReaders, type LogReader } from '../catalog/diagnose/log-reader.ts';
import type { Diagnosis } from '../catalog/diagnose/diagnosis.ts';
import { together, type Diagnoses } from '../catalog/diagnose/together.ts';
import { applyingBugs } from '../catalog/packages/applying-bugs.ts';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import type { Configure } from './command.ts';
import { follow } from './diagnose/follow.ts';
import { reportToGithub } from './diagnose/github.ts';
import { findLogs, type Log } from './diagnose/logs.ts';
import { readLockfile } from './diagnose/packages.ts';
import { renderApplying, renderDiagnosis, renderMatch } from './diagnose/render.ts';
import { print, printJson } from './terminal.ts';

const nothingFound = 1;
const badInput = 2;

interface Options {
  readonly json?: true;
  readonly follow?: true;
  readonly packages?: string;
}

export const configure: Configure = (command) => {
  command
    .argument('[logs...]', 'files, folders of logs, or - for standard input (default: -)')
    .option('--json', 'print JSON')
    .option('--follow', 'read standard input as it comes, and tell of each bug at once')
    .option(
      '--packages <lockfile>',
      'name the bugs of the versions in a lock file, silent ones too',
    )
    .addHelpText(
      'after',
      [
        '  $ poolproof diagnose celery.log --json',
        '  $ docker logs -f worker 2>&1 | poolproof diagnose --follow',
        '  $ poolproof diagnose --packages package-lock.json',
        '',
        'Reads plain logs and JSON lines, .gz too, behind any prefix: docker compose, kubectl, journalctl,',
        'syslog, pm2, concurrently, GitHub Actions; and what is copied out of issues and consoles.',
        'Each finding is sure, likely or perhaps; what is perhaps comes with a check that decides.',
        'With --follow --json a line of JSON comes for each finding, and one for all at the end.',
        'Within GitHub Actions findings are annotations of the job, too.',
        'Exit code: 0 when a known bug was found, be it perhaps, 1 when none was, 2 when a file could not',
        'be read; the others are read nevertheless. With --packages alone: 0 when a known bug applies.',
      ].join('\n'),
    )
    .action(diagnoseLogs);
};

async function diagnoseLogs(names: readonly string[], options: Options): Promise<void> {
  const writeups = readWriteups();
  const lookUp = createHistoryLookUp();
  const packages =
    options.packages === undefined ? undefined : await readLockfile(options.packages);
  const applying = packages ? applyingBugs(packages, writeups, lookUp) : undefined;
  const given = names.length > 0 || packages ? names : ['-'];
  if (options.follow && given.join() !== '-') {
    throw new BadInput(
      'expected --follow with standard input alone, got a file. Type tail -F FILE | poolproof diagnose --follow.',
    );
  }
  if (given.length === 0) {
    if (applying?.length === 0) process.exitCode = nothingFound;
    if (options.json) printJson({ lockfile: options.packages, applies: applying });
    else print(...renderApplying(applying ?? [], options.packages ?? ''));
    return;
  }

  const { logs, problems: notFound } = await findLogs(given);
  const openReader = createLogReaders(writeups, lookUp, packages);
  const { diagnosis, problems: notRead } = await read(logs, openReader, options);
  const problems = [...notFound, ...notRead];
  const [problem] = problems;
  if (problem && !diagnosis) throw problem;
  if (!diagnosis) return;
  if (diagnosis.matches.length === 0) process.exitCode = nothingFound;
  for (const { message } of problems) process.stderr.write(`error: ${message}\n`);
  if (problem) process.exitCode = badInput;
  await reportToGithub(diagnosis);
  if (options.json) {
    const whole = applying ? { ...diagnosis, applies: applying } : diagnosis;
    if (options.follow) print(JSON.stringify(whole));
    else printJson(whole);
    return;
  }
  // Of a log that was followed, the findings are told already.
  print(
    ...renderDiagnosis(
      options.follow && diagnosis.matches.length > 0 ? withoutMatches(diagnosis) : diagnosis,
    ),
  );
  if (applying) print('', ...renderApplying(applying, options.packages ?? ''));
}

async function read(
  logs: readonly Log[],
  openReader: () => LogReader,
  { follow: isFollowed, json }: Options,
): Promise<{ diagnosis: Diagnoses | undefined; problems: BadInput[] }> {
  const [only] = logs;
  if (only && isFollowed) {
    const stop = new AbortController();
    process.once('SIGINT', () => {
      stop.abort();
    });
    const diagnosis = await follow(
      only.open(),
      openReader(),
      (match) => {
        print(...(json ? [JSON.stringify(match)] : renderMatch(match)));
      },
      stop.signal,
    );
    return { diagnosis, problems: [] };
  }
  const problems: BadInput[] = [];
  const diagnoses: { file: string; diagnosis: Diagnosis }[] = [];
  for (const log of logs) {
    const reader = openReader();
    try {
      for await (const chunk of log.open()) reader.write(chunk);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      problems.push(error);
    }
    const diagnosis = reader.end();
    // What could be read of a log that is cut is told.
    if (diagnosis.linesRead > 0 || problems.length === 0) {
      diagnoses.push({ file: log.name, diagnosis });
    }
  }
  const [first, ...others] = diagnoses;
  if (!first) return { diagnosis: undefined, problems };
  const isOne = others.length === 0 && logs.length === 1;
  return { diagnosis: isOne ? first.diagnosis : together(diagnoses), problems };
}

function withoutMatches(diagnosis: Diagnoses): Diagnoses {
  return { ...diagnosis, matches: [] };
}
