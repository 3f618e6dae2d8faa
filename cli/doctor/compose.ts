import { factsOfCommand, splitCommand } from '../../catalog/doctor/command-line.ts';
import type { Sheet, Thing } from '../../catalog/doctor/facts.ts';
import { brokerOfService } from './compose-broker.ts';
import {
  asMap,
  asTexts,
  readComposeDocument,
  type ComposeDocument,
  type ComposeService,
} from './compose-document.ts';
import { variablesOfService, type ReadFile } from './compose-variables.ts';
import { asFacts } from './dockerfile.ts';
import { variableFacts } from './variable-facts.ts';

export interface ReadCompose {
  readonly brokers: readonly Thing[];
  readonly processes: readonly Thing[];
  /** Folders whose Dockerfile a service builds from, by the service: its image is told there. */
  readonly built: readonly { readonly dockerfile: string }[];
}

/**
 * Reads a compose file.
 *
 * @param shown what the file is called in findings.
 * @param readFile reads a file beside it, by a path as the compose file has it.
 * @param dockerfileFacts what the image of a Dockerfile does, by its path from the compose file.
 */
export function readCompose(
  text: string,
  shown: string,
  readFile: ReadFile,
  dockerfileFacts: (path: string) => Sheet | undefined = () => undefined,
): ReadCompose {
  const document = readComposeDocument(text, shown);
  const brokers: Thing[] = [];
  const processes: Thing[] = [];
  const built: { dockerfile: string }[] = [];
  for (const service of document.services) {
    const name = `service ${service.name}`;
    const broker = brokerOfService(service, readFile);
    if (broker) {
      brokers.push({ name, facts: broker });
      continue;
    }
    const dockerfile = dockerfileOf(service);
    const image = dockerfile === undefined ? undefined : dockerfileFacts(dockerfile);
    if (dockerfile !== undefined) built.push({ dockerfile });
    processes.push({ name, facts: factsOfService(service, document, readFile, image ?? {}) });
  }
  return { brokers, processes, built };
}

function factsOfService(
  service: ComposeService,
  document: ComposeDocument,
  readFile: ReadFile,
  image: Sheet,
): Sheet {
  const { data, placeOf } = service;
  const limit = asMap(asMap(asMap(data.deploy).resources).limits).memory ?? data.mem_limit;
  const replicas = asMap(data.deploy).replicas ?? data.scale;
  const grace = secondsOf(data.stop_grace_period);
  const command = factsOfServiceCommand(service, image);
  const networks = networksOf(data);
  const isShared = typeof data.network_mode === 'string';
  const isOpen = networks.some((name) => document.external.has(name));
  const hosts = hostsOf(document.services, data);
  return {
    ...image,
    ...command,
    ...(typeof data.hostname === 'string' &&
      command.runs && {
        nodename: {
          value: 'same',
          place: placeOf('hostname'),
          says: 'all its replicas have one host name',
        },
      }),
    ...(data.init === true && { 'process-1': { value: 'init', place: placeOf('init') } }),
    container: { value: true, place: placeOf() },
    ...(isShared
      ? {}
      : variableFacts(
          variablesOfService(service, readFile),
          (host) => isOpen || host.includes('.') || host.includes(':') || hosts.has(host),
        )),
    ...(limit !== undefined && {
      'memory-limit': {
        value: true,
        place:
          data.mem_limit === undefined
            ? placeOf('deploy', 'resources', 'limits', 'memory')
            : placeOf('mem_limit'),
      },
    }),
    ...(typeof replicas === 'number' && {
      replicas: {
        value: replicas,
        place: data.scale === undefined ? placeOf('deploy', 'replicas') : placeOf('scale'),
      },
    }),
    ...(grace !== undefined && {
      'stop-grace-seconds': { value: grace, place: placeOf('stop_grace_period') },
    }),
    ...(typeof data.ipc === 'string' && { ipc: { value: data.ipc, place: placeOf('ipc') } }),
  };
}

/** What a service starts, where it says so itself; `command` alone is what the image's entry point gets. */
function factsOfServiceCommand({ data, placeOf }: ComposeService, image: Sheet): Sheet {
  const entrypoint = argvOf(data.entrypoint);
  const command = argvOf(data.command);
  if (entrypoint.length === 0 && command.length === 0) return {};
  const facts = asFacts(
    factsOfCommand([...entrypoint, ...command]),
    placeOf(command.length > 0 ? 'command' : 'entrypoint'),
  );
  const isWrapped = entrypoint.length === 0 && image['process-1']?.value === 'init';
  return isWrapped ? { ...facts, 'process-1': image['process-1'] } : facts;
}

/** A text is split into words, and is not run by a shell. */
function argvOf(value: unknown): string[] {
  return typeof value === 'string' ? splitCommand(value) : asTexts(value);
}

function dockerfileOf({ data }: ComposeService): string | undefined {
  const build = typeof data.build === 'string' ? { context: data.build } : asMap(data.build);
  if (typeof build.context !== 'string') return undefined;
  const file = typeof build.dockerfile === 'string' ? build.dockerfile : 'Dockerfile';
  return `${build.context.replace(/\/+$/, '')}/${file}`;
}

function networksOf({ networks }: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(networks) ? asTexts(networks) : Object.keys(asMap(networks));
}

/** Names that a service knows: those of services, and what else they are called. */
function hostsOf(
  services: readonly ComposeService[],
  { extra_hosts: extra, links, external_links: external }: Readonly<Record<string, unknown>>,
): Set<string> {
  const names = services.flatMap(({ name, data }) => [
    name,
    ...asTexts(data.container_name),
    ...asTexts(data.hostname),
    ...Object.values(asMap(data.networks)).flatMap((network) => asTexts(asMap(network).aliases)),
  ]);
  const own = Array.isArray(extra) ? asTexts(extra) : Object.keys(asMap(extra));
  const linked = [...asTexts(links), ...asTexts(external)].flatMap((link) => link.split(':'));
  return new Set([...names, ...own.map((one) => one.split(/[:=]/)[0] ?? ''), ...linked]);
}

/** `1m30s`, `90s`, `500ms`; undefined for what is none. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const units = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000_001 } as const;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|m|s)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units],
    0,
  );
}
