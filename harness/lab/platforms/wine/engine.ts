import path from 'node:path';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { installBullmq } from '../../engines/bullmq/install.ts';
import { installWindowsCelery } from '../../engines/celery/windows/celery.ts';
import { installWindowsNode } from '../../runtimes/windows/node.ts';
import { installWindowsPython, usualPython } from '../../runtimes/windows/python.ts';
import type { Windows } from './machine.ts';
import { toWindowsPath } from './windows-path.ts';

/** An engine for Windows at an exact version. Plain data; paths are those of this machine. */
export interface WindowsEngine {
  /** The Windows that its interpreter gets on with. */
  readonly windows: Windows;
  /**
   * Where it prints. CPython needs pipes, else it dies at start-up with WinError 6; Node needs a file,
   * else it dies with EBADF. Both are artefacts of Wine.
   */
  readonly prints: 'into pipes' | 'into a file';
  readonly interpreter: string;
  readonly env: Readonly<Record<string, string>>;
  /** A virtual environment to lay out and to start the interpreter through: its base and its libraries. */
  readonly venv?: { readonly python: string; readonly sitePackages: string };
  /** A node_modules folder that actors resolve their imports from. */
  readonly modules?: string;
  readonly versions: Readonly<Record<string, string>>;
}

type Progress = (message: string) => void;

/** Gets the engine of a cell for Windows. Throws `NotRun` with what is missing. */
export function installForWindows(cell: Cell, progress: Progress): Promise<WindowsEngine> {
  return cell.engine === 'celery' ? celery(cell, progress) : bullmq(cell, progress);
}

/**
 * The Windows that an engine's interpreter gets on with. Told that it is on Windows 10, CPython offers
 * TCP_KEEPIDLE, redis-py 8 sets it, and Wine 8 answers WinError 10042: so it gets Windows 7, Wine 8's own
 * default, where it offers none. Node 22 is for Windows 10 and newer.
 */
export function windowsFor(engine: Cell['engine']): Windows {
  return engine === 'celery' ? 'windows-7' : 'windows-10';
}

async function celery(cell: Cell, progress: Progress): Promise<WindowsEngine> {
  const minor = cell.python ?? usualPython;
  const [python, { sitePackages, versions }] = [
    await installWindowsPython(minor, progress),
    await installWindowsCelery({ ...cell, python: minor }, progress),
  ];
  const common = {
    windows: windowsFor('celery'),
    prints: 'into pipes',
    interpreter: path.join(python.folder, 'python.exe'),
    versions: { ...python.versions, ...versions },
  } as const;
  return cell.launch === 'venv'
    ? { ...common, env: {}, venv: { python: python.folder, sitePackages } }
    : { ...common, env: { PYTHONPATH: toWindowsPath(sitePackages) } };
}

async function bullmq(cell: Cell, progress: Progress): Promise<WindowsEngine> {
  const node = await installWindowsNode(progress);
  const { modules, versions } = await installBullmq(cell, progress);
  return {
    windows: windowsFor('bullmq'),
    prints: 'into a file',
    interpreter: node.interpreter,
    env: {},
    ...(modules === undefined ? {} : { modules }),
    versions: { ...versions, ...node.versions },
  };
}
