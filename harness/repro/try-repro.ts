import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import pWaitFor from 'p-wait-for';
import { bugsNamed, type Diagnosis } from '../../catalog/diagnose/diagnosis.ts';
import { diagnose } from '../../catalog/diagnose/diagnose.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { showsSignature } from '../../catalog/verdict/signature.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { isOfVersion } from '../lab/brokers/need.ts';
import { choosePython } from '../lab/engines/celery/choose-python.ts';
import { readNativeLock } from '../lab/engines/celery/native-lock.ts';
import { findNode } from '../lab/runtimes/node.ts';
import type { ReproCase, Variant } from './cases.ts';
import { usualPort } from './replayed-broker.ts';
import { reproFiles, variants } from './repro-folder.ts';
import { writeRepro } from './write-repro.ts';

const installMs = 300_000;
const runMs = 240_000;

/** What a repro printed, and how it ended, in one of its folders. */
interface Tried {
  readonly code: number | undefined;
  readonly lines: readonly string[];
  /** What `poolproof diagnose` says of it. */
  readonly matches: Diagnosis['matches'];
}

/**
 * Does what the README of a repro says, in an empty folder, with no more than pip or npm and a server of
 * this machine.
 *
 * @returns why it is no repro, or undefined: the failure showed, with its message, and with the fix it did not.
 * @throws an Error when something it takes cannot be had here.
 */
export async function tryRepro(
  one: ReproCase,
  writeups: readonly Writeup[],
): Promise<string | undefined> {
  await using folder = await makeTemporaryFolder('repro');
  const files = await reproFiles(one);
  await writeRepro(files, folder.path);
  for (const variant of variants) {
    const tried = await run(path.join(folder.path, variant), one[variant], writeups);
    const amiss = variant === 'bug' ? whyNoFailure(one, tried) : whyNoFix(one, tried);
    if (amiss !== undefined) return `${amiss}\n${tried.lines.slice(-30).join('\n')}`;
  }
  return undefined;
}

function whyNoFailure({ writeup, bug }: ReproCase, { code, lines, matches }: Tried) {
  if (code !== 1) return `bug/ exited with ${code ?? 'a signal'}, not with 1`;
  const { expect } = bug.claim;
  const signature = writeup.signatures.find(({ id }) => id === expect.signature);
  if (signature === undefined) return undefined;
  if (!showsSignature({ log: [...lines], jobs: [] }, signature)) {
    return `bug/ failed without "${signature.template}"`;
  }
  const isNamed = matches.some((match) => bugsNamed(match).includes(writeup.id));
  return isNamed ? undefined : `diagnose did not name ${writeup.id} in bug/`;
}

function whyNoFix({ writeup, bug }: ReproCase, { code, lines, matches }: Tried) {
  if (code !== 0) return `fix/ exited with ${code ?? 'a signal'}, not with 0`;
  const signature = writeup.signatures.find(({ id }) => id === bug.claim.expect.signature);
  if (signature && showsSignature({ log: [...lines], jobs: [] }, signature)) {
    return `fix/ shows "${signature.template}" as well`;
  }
  const isNamed = matches.some((one) => one.bug === writeup.id && one.level !== 'perhaps');
  return isNamed ? `diagnose names ${writeup.id} in fix/ as well` : undefined;
}

async function run(folder: string, variant: Variant, writeups: readonly Writeup[]): Promise<Tried> {
  const command = await install(folder, variant);
  const port = await getPort({ host: '127.0.0.1' });
  await using _server = await startServer(folder, variant, port);
  const url = variant.broker.url.replace(String(usualPort), String(port));
  const { all, exitCode } = await execa(command.file, command.args, {
    cwd: folder,
    env: { ...(url !== '' && { BROKER_URL: url }) },
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: runMs,
  });
  const { matches } = await diagnose(all, writeups);
  return { code: exitCode, lines: all.split(/\r?\n/), matches };
}

async function install(
  folder: string,
  { cell }: Variant,
): Promise<{ file: string; args: string[] }> {
  const within = { cwd: folder, timeout: installMs, stdin: 'ignore' } as const;
  if (cell.engine === 'bullmq') {
    const { interpreter } = await findNode(cell.node, () => undefined);
    await execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], within);
    return { file: interpreter, args: ['run.mjs'] };
  }
  const { oldestPython } = await readNativeLock(cell);
  const { executable } = await choosePython(cell, oldestPython);
  await execa(executable, ['-m', 'venv', '.venv'], within);
  const python = path.join(
    folder,
    ...(process.platform === 'win32'
      ? ['.venv', 'Scripts', 'python.exe']
      : ['.venv', 'bin', 'python']),
  );
  const pip = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '-q',
    '-r',
    'requirements.txt',
  ];
  await execa(python, pip, within);
  return { file: python, args: ['run.py'] };
}

/** The server of this machine, with the file of settings that the repro brings along. */
async function startServer(
  folder: string,
  { broker, cell }: Variant,
  port: number,
): Promise<AsyncDisposable> {
  if (broker.kind === 'none') return { [Symbol.asyncDispose]: () => Promise.resolve() };
  const program = process.env.POOLPROOF_REDIS ?? 'redis-server';
  const { stdout } = await execa(program, ['--version']);
  const version = /v=([\d.]+)/.exec(stdout)?.[1] ?? '';
  const kind = stdout.includes('Valkey') ? 'valkey' : 'redis';
  if (!isOfVersion({ kind, version }, cell.server)) {
    throw new Error(`it takes a server ${cell.server ?? ''}, and ${program} is ${version}`);
  }
  const server = execa(program, ['redis.conf', '--port', String(port)], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  await pWaitFor(() => answers(port), { interval: 50, timeout: 20_000 });
  return {
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await server;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
