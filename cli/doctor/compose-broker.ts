import { splitCommand } from '../../catalog/doctor/command-line.ts';
import type { FactValue } from '../../catalog/doctor/fact-names.ts';
import type { Place, Sheet } from '../../catalog/doctor/facts.ts';
import { asMap, asTexts, type ComposeService } from './compose-document.ts';
import type { ReadFile } from './compose-variables.ts';

const kinds = {
  redis: /(?:^|\/)(?:redis|redis-stack(?:-server)?)$/,
  valkey: /(?:^|\/)valkey(?:-bundle)?$/,
  dragonfly: /(?:^|\/)dragonfly$/,
  rabbitmq: /(?:^|\/)rabbitmq$/,
} as const;
/** Variables by which images take options of redis-server. */
const optionVariables = ['REDIS_ARGS', 'REDIS_EXTRA_FLAGS', 'VALKEY_ARGS', 'VALKEY_EXTRA_FLAGS'];

interface Directive {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** What a service says of a broker that its image is; nothing for other images. */
export function brokerOfService(service: ComposeService, readFile: ReadFile): Sheet | undefined {
  const { data, placeOf } = service;
  const image = typeof data.image === 'string' ? data.image.replace(/@.*$/, '') : '';
  const repository = image.replace(/:[^/]*$/, '');
  const kind = (Object.keys(kinds) as (keyof typeof kinds)[]).find((one) =>
    kinds[one].test(repository),
  );
  if (!kind) return undefined;
  const directives = directivesOf(service, readFile);
  const last = (name: string) => directives.findLast((one) => one.name === name);
  const fact = (name: string, value: FactValue, place: Place) => ({ [name]: { value, place } });
  const policy = last('maxmemory-policy');
  const cluster = last('cluster-enabled');
  const keys = last('default_lua_flags');
  return {
    ...fact('kind', kind, placeOf('image')),
    ...(policy && fact('maxmemory-policy', policy.value, policy.place)),
    ...(cluster && fact('cluster', cluster.value === 'yes', cluster.place)),
    ...(kind === 'dragonfly' &&
      fact(
        'undeclared-keys',
        keys?.value.includes('allow-undeclared-keys') ? 'allowed' : 'refused',
        keys?.place ?? placeOf('image'),
      )),
  };
}

/** Options of the command, of variables, and of a redis.conf that lies beside the compose file. */
function directivesOf({ data, placeOf }: ComposeService, readFile: ReadFile): Directive[] {
  const argv =
    typeof data.command === 'string' ? splitCommand(data.command) : asTexts(data.command);
  const environment = asMap(data.environment);
  const files = asTexts(data.volumes)
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => source.endsWith('.conf'))
    .flatMap((source) => readFile(source) ?? []);
  return [
    ...files.flatMap(({ text, shown }) => ofFile(text, shown)),
    ...optionVariables.flatMap((name) => {
      const value = environment[name];
      return typeof value === 'string'
        ? ofOptions(splitCommand(value), placeOf('environment', name))
        : [];
    }),
    ...ofOptions(argv.flatMap(splitCommand), placeOf('command')),
  ];
}

function ofOptions(argv: readonly string[], place: Place): Directive[] {
  return argv.flatMap((word, index) => {
    if (!word.startsWith('--')) return [];
    const [name = '', value] = word.slice(2).split('=', 2);
    return [{ name, value: value ?? argv[index + 1] ?? '', place }];
  });
}

function ofFile(text: string, shown: string): Directive[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, name, value] = /^\s*([a-z][\w-]*)\s+(\S+)/i.exec(line) ?? [];
    return name && value
      ? [{ name: name.toLowerCase(), value, place: { file: shown, line: index + 1 } }]
      : [];
  });
}
