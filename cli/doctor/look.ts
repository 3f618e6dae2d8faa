import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Facts, SeenPackage, Thing } from '../../catalog/doctor/facts.ts';
import { factsOfCommand, splitCommand } from '../../catalog/doctor/command-line.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { BrokerUrl } from './broker-url.ts';
import { readBroker } from './broker.ts';
import { readCompose } from './compose.ts';
import { asFacts, readDockerfile } from './dockerfile.ts';
import { findFiles, type ProjectFile, type ProjectFiles } from './find-files.ts';
import { readMachine, readMachineRuntimes } from './machine.ts';
import { readProjectPackages } from './project-packages.ts';

/** Everything that was seen of a project, its machine and its broker. */
export interface Seen {
  readonly facts: Facts;
  /** The files that were read, as they are shown. */
  readonly files: readonly string[];
  readonly broker?: { readonly url: string; readonly kind?: string; readonly version?: string };
  /** What could not be read; the rest was. */
  readonly problems: readonly BadInput[];
}

/**
 * Looks at a project.
 *
 * @param folder where it lies.
 * @throws BadInput where the folder cannot be read.
 */
export async function look(folder: string, broker?: BrokerUrl): Promise<Seen> {
  const files = await findFiles(folder);
  const packages = readProjectPackages(files.packages);
  const written = readWritten(files);
  const runtimes = [...written.runtimes, ...namedRuntimes(files)];
  const own = await machineRuntimes(files);
  const places = packages.projects.map((project) => project.folder);
  const asked = broker && (await readBroker(broker));
  const problems = [...packages.problems, ...written.problems];
  if (broker && asked?.error !== undefined) {
    problems.push(
      new BadInput(
        `expected ${broker.shown} to answer, got ${asked.error}. Check host, port, password and that it runs; the rest was looked at all the same.`,
      ),
    );
  }
  return {
    facts: {
      projects: packages.projects.map(({ folder: place, complete, packages: found }) => ({
        packages: [...found, ...runtimesIn(place, runtimes, places, own)],
        complete,
      })),
      machine: await readMachine(folder),
      brokers: [
        ...(broker && asked ? [{ name: 'the broker', facts: asked.facts }] : []),
        ...written.brokers,
      ],
      processes: written.processes,
    },
    files: Object.values<readonly ProjectFile[]>({ ...files })
      .flat()
      .map(({ shown }) => shown)
      .sort(),
    ...(broker && { broker: brokerOf(broker, asked) }),
    problems,
  };
}

function brokerOf(broker: BrokerUrl, asked: Awaited<ReturnType<typeof readBroker>> | undefined) {
  const kind = asked?.facts.kind?.value;
  return {
    url: broker.shown,
    ...(typeof kind === 'string' && { kind }),
    ...(asked?.version !== undefined && { version: asked.version }),
  };
}

/** An interpreter that a file names. */
interface PlacedRuntime {
  readonly folder: string;
  readonly runtime: SeenPackage;
}

interface Written {
  readonly brokers: readonly Thing[];
  readonly processes: readonly Thing[];
  readonly runtimes: readonly PlacedRuntime[];
  readonly problems: readonly BadInput[];
}

/** What Dockerfiles, compose files and Procfiles say of processes and brokers. */
function readWritten({ dockerfiles, composeFiles, procfiles }: ProjectFiles): Written {
  const images = new Map(
    dockerfiles.map((file) => [
      path.join(file.folder, file.name),
      { shown: file.shown, folder: file.folder, ...readDockerfile(file.text, file.shown) },
    ]),
  );
  const problems: BadInput[] = [];
  const built = new Set<string>();
  const composed = composeFiles.flatMap((file) => {
    const beside = (name: string) => path.resolve(file.folder, ...name.split('/'));
    try {
      const read = readCompose(
        file.text,
        file.shown,
        (name) => readBeside(beside(name), file),
        (name) => images.get(beside(name))?.process,
      );
      for (const { dockerfile } of read.built) built.add(beside(dockerfile));
      return [read];
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      problems.push(error);
      return [];
    }
  });
  const brokers = composed.flatMap((one) => one.brokers);
  return {
    brokers: brokers.map((one) => (isAlone(one, brokers) ? one : { ...one, ambiguous: true })),
    processes: [
      ...composed.flatMap((one) => one.processes),
      ...[...images]
        .filter(([file]) => !built.has(file))
        // What starts it may say otherwise, and nobody has seen that.
        .map(([, { shown, process }]) => ({
          name: shown,
          facts: process,
          ambiguous: true as const,
        })),
      ...procfiles.flatMap(readProcfile),
    ],
    runtimes: [...images.values()].flatMap(({ runtimes, folder }) =>
      runtimes.map((runtime) => ({ folder, runtime })),
    ),
    problems,
  };
}

/** Of two brokers that might do, it is not known which one the workers use. */
function isAlone(broker: Thing, all: readonly Thing[]): boolean {
  const queues = (one: Thing) => one.facts.kind?.value !== 'rabbitmq';
  return all.filter((one) => queues(one) === queues(broker)).length === 1;
}

function readBeside(file: string, { folder, shown }: ProjectFile) {
  try {
    const below = path.relative(folder, file).split(path.sep).join('/');
    const parent = shown.includes('/') ? shown.slice(0, shown.lastIndexOf('/') + 1) : '';
    return { text: readFileSync(file, 'utf8'), shown: `${parent}${below}` };
  } catch {
    // What is not there says nothing.
    return undefined;
  }
}

function readProcfile({ text, shown }: ProjectFile): Thing[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, name, command] = /^([\w-]+):\s*(\S.*)$/.exec(line) ?? [];
    if (!name || !command) return [];
    const place = { file: shown, line: index + 1 };
    return [
      { name: `${shown} ${name}`, facts: asFacts(factsOfCommand(splitCommand(command)), place) },
    ];
  });
}

function namedRuntimes({ runtimes }: ProjectFiles): PlacedRuntime[] {
  return runtimes.flatMap(({ text, shown, folder }) => {
    const [, version] = /^v?(\d+(?:\.\d+){0,2})\s*$/.exec(text.trim()) ?? [];
    if (!version) return [];
    const place = { file: shown, line: 1 };
    return [{ folder, runtime: { package: 'node', version, ecosystem: 'runtime', place } }];
  });
}

async function machineRuntimes({ packages }: ProjectFiles): Promise<SeenPackage[]> {
  const usesBun = packages.some(({ name }) => name.startsWith('bun.lock'));
  return readMachineRuntimes(usesBun ? ['node', 'bun'] : ['node']);
}

/**
 * The interpreters of a project: those that a file names above it, or below it and in no other project,
 * or where there is none; where no file names one, this machine's.
 */
function runtimesIn(
  project: string,
  named: readonly PlacedRuntime[],
  projects: readonly string[],
  own: readonly SeenPackage[],
): SeenPackage[] {
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}${path.sep}`);
  const nearest = (folder: string) =>
    projects
      .filter((one) => isWithin(folder, one))
      .toSorted((a, b) => b.length - a.length)
      .at(0);
  const written = named
    .filter(
      ({ folder }) => isWithin(project, folder) || [undefined, project].includes(nearest(folder)),
    )
    .map(({ runtime }) => runtime);
  return [
    ...written,
    ...own.filter((one) => written.every((other) => other.package !== one.package)),
  ];
}
