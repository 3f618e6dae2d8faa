import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { cacheFolder } from '../cache/folder.ts';
import { NotRun } from '../not-run.ts';
import type { ProcessIdentity } from './kill-tree.ts';
import { startOf } from './process-table.ts';

/** What one start of the harness has on this machine: who owns it, what it started, where its programs work. */
export class Workspace {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes one that this process owns. */
  static async create(): Promise<Workspace> {
    const folder = await mkdtemp(await workspacesFolder('run-'));
    const owner = { pid: process.pid, started: (await startOf(process.pid)) ?? '' };
    writeWhole(path.join(folder, 'owner.json'), owner);
    mkdirSync(path.join(folder, 'processes'));
    return new Workspace(folder);
  }

  /** Every workspace there is, of living and dead owners. */
  static async all(): Promise<Workspace[]> {
    const folder = await workspacesFolder('');
    return readdirSync(folder).map((name) => new Workspace(path.join(folder, name)));
  }

  /** Names it in labels of containers. */
  get id(): string {
    return path.basename(this.folder);
  }

  /** Undefined while the folder is being made. */
  get owner(): ProcessIdentity | undefined {
    return readIdentity(path.join(this.folder, 'owner.json'));
  }

  /** Milliseconds since the folder was made or last gained an entry. */
  get age(): number {
    return Date.now() - statSync(this.folder).mtimeMs;
  }

  /** Whether containers were started, so that a sweep must ask the Docker engine. */
  get hasContainers(): boolean {
    return existsSync(path.join(this.folder, 'containers'));
  }

  /** Noted before the first container starts. */
  noteContainers(): void {
    writeFileSync(path.join(this.folder, 'containers'), '');
  }

  /** From now on nothing may be started in it. */
  close(): void {
    writeFileSync(path.join(this.folder, 'closed'), '');
  }

  /** @throws NotRun once it was closed: what is started now would outlive it. */
  refuseWhenClosed(): void {
    const isSwept = this.owner === undefined;
    if (isSwept || existsSync(path.join(this.folder, 'closed'))) throw new NotRun('interrupted');
  }

  /**
   * Notes a process just started, so that whoever sweeps this workspace can end it.
   *
   * @returns what names it for good; undefined when it has ended already.
   */
  async register(pid: number): Promise<ProcessIdentity | undefined> {
    const started = await startOf(pid);
    if (started === undefined) return undefined;
    const identity = { pid, started };
    writeWhole(this.#noteOf(pid), identity);
    return identity;
  }

  /** Forgets a process of which nothing is left. Its pid may name another by now. */
  forget({ pid, started }: ProcessIdentity): void {
    const note = this.#noteOf(pid);
    if (readIdentity(note)?.started === started) rmSync(note, { force: true });
  }

  /** The processes noted and not forgotten. */
  processes(): ProcessIdentity[] {
    const folder = path.join(this.folder, 'processes');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => readIdentity(path.join(folder, name)) ?? []);
  }

  /** A new empty folder for one scenario's programs. */
  async makeWorkFolder(): Promise<string> {
    const folder = path.join(this.folder, 'work');
    await this.#make(folder);
    return mkdtemp(path.join(folder, 'w'));
  }

  /** A new empty folder for a Windows machine under Wine, which a sweep switches off. */
  async makePrefix(): Promise<string> {
    await this.#make(this.#prefixes);
    return mkdtemp(path.join(this.#prefixes, 'p'));
  }

  /** Notes that a Windows machine may be on in a folder elsewhere, for a sweep to switch off, until the note is removed. */
  async notePrefix(prefix: string): Promise<{ remove: () => Promise<void> }> {
    await this.#make(this.#prefixes);
    const note = path.join(this.#prefixes, randomUUID());
    await symlink(prefix, note, 'junction');
    return { remove: () => rm(note, { force: true }) };
  }

  /** The machines that were switched on and may still be. */
  prefixes(): string[] {
    if (!existsSync(this.#prefixes)) return [];
    return readdirSync(this.#prefixes).map((name) => path.join(this.#prefixes, name));
  }

  /**
   * Makes a folder in it unless it is there. Never the workspace with it: a thread that was late would
   * make what the sweep has just removed.
   */
  async #make(folder: string): Promise<void> {
    this.refuseWhenClosed();
    try {
      await mkdir(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') this.refuseWhenClosed();
      if (code !== 'EEXIST') throw error;
    }
  }

  #noteOf(pid: number): string {
    return path.join(this.folder, 'processes', `${pid}.json`);
  }

  get #prefixes(): string {
    return path.join(this.folder, 'prefixes');
  }

  /** Removes what programs of this machine had in it, once they have ended. */
  async removePrograms(): Promise<void> {
    for (const name of ['work', 'prefixes', 'processes']) {
      await rm(path.join(this.folder, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function workspacesFolder(name: string): Promise<string> {
  const folder = path.join(cacheFolder(), 'runs');
  await mkdir(folder, { recursive: true });
  return path.join(folder, name);
}

/** Written whole or not at all, for readers in other processes. */
function writeWhole(file: string, identity: ProcessIdentity): void {
  writeFileSync(`${file}.draft`, JSON.stringify(identity));
  renameSync(`${file}.draft`, file);
}

function readIdentity(file: string): ProcessIdentity | undefined {
  if (!file.endsWith('.json') || !existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
}
