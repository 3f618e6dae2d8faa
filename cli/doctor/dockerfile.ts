import { DockerfileParser, type Instruction, JSONInstruction, From } from 'dockerfile-ast';
import { factsOfCommand } from '../../catalog/doctor/command-line.ts';
import type { Fact, SeenPackage, Sheet } from '../../catalog/doctor/facts.ts';
import { variableFacts } from './variable-facts.ts';

/** What a Dockerfile says of the process that its image runs, and of the interpreter in it. */
export interface ReadDockerfile {
  readonly process: Sheet;
  readonly runtimes: readonly SeenPackage[];
}

interface Stage {
  readonly name: string;
  readonly image: string;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

interface Command {
  readonly argv: readonly string[];
  readonly isShell: boolean;
  readonly line: number;
}

/**
 * Reads the last stage of a Dockerfile, with what it takes over of the stages it is made from.
 *
 * @param shown what the file is called in findings.
 */
export function readDockerfile(text: string, shown: string): ReadDockerfile {
  const stages = stagesOf(text);
  const chain = chainOf(stages);
  const instructions = chain.flatMap((stage) => stage.instructions);
  const entrypoint = lastCommand(instructions, 'ENTRYPOINT');
  const cmd = lastCommand(instructions, 'CMD');
  const command = entrypoint ?? cmd;
  const argv = argvOf(entrypoint, cmd);
  const at = (line: number) => ({ file: shown, line });
  const started = command && argv.length > 0 ? factsOfCommand(argv) : {};
  const variables = instructions.flatMap((instruction) => variablesOf(instruction));
  return {
    process: {
      container: { value: true, place: { file: shown } },
      ...asFacts(started, at(command === entrypoint && cmd ? cmd.line : (command?.line ?? 1))),
      ...variableFacts(
        variables.map(({ name, value, line }) => ({ name, value, place: at(line) })),
      ),
    },
    runtimes: chain.flatMap(({ image, line }) => runtimesOf(image, at(line))),
  };
}

/** What is started: the entry point with the command as its arguments. A shell form takes none. */
function argvOf(
  entrypoint: Pick<Command, 'argv' | 'isShell'> | undefined,
  cmd: Pick<Command, 'argv' | 'isShell'> | undefined,
): string[] {
  if (entrypoint?.isShell) return [...shell(entrypoint.argv)];
  const own = cmd?.isShell ? shell(cmd.argv) : (cmd?.argv ?? []);
  return [...(entrypoint?.argv ?? []), ...own];
}

function shell(argv: readonly string[]): string[] {
  return ['sh', '-c', argv.join(' ')];
}

export function asFacts(
  values: Readonly<Record<string, Fact['value']>>,
  place: Fact['place'],
): Sheet {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, place }]),
  );
}

function stagesOf(text: string): Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const defaults = new Map(
    dockerfile.getInitialARGs().map((arg) => {
      const property = arg.getProperty();
      return [property?.getName() ?? '', property?.getValue() ?? ''];
    }),
  );
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction instanceof From) {
      const image = (instruction.getImage() ?? '').replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (_whole, name: string, fallback?: string) => defaults.get(name) ?? fallback ?? '',
      );
      const name = instruction.getBuildStage() ?? '';
      stages.push({ name, image, line: lineOf(instruction), instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

/** The last stage behind those that it begins from, the first of them first. */
function chainOf(stages: readonly Stage[]): Stage[] {
  const chain: Stage[] = [];
  let next = stages.at(-1);
  while (next && !chain.includes(next)) {
    chain.unshift(next);
    const { image } = next;
    next = stages.find(({ name }) => name !== '' && name.toLowerCase() === image.toLowerCase());
  }
  return chain;
}

function lastCommand(
  instructions: readonly Instruction[],
  keyword: 'CMD' | 'ENTRYPOINT',
): Command | undefined {
  const last = instructions.findLast((one) => one.getKeyword() === keyword);
  if (!(last instanceof JSONInstruction)) return undefined;
  const isShell = last.getOpeningBracket() === null;
  const argv = isShell
    ? [last.getArgumentsContent()?.replace(/\\\r?\n/g, ' ') ?? '']
    : last.getJSONStrings().map((one) => one.getJSONValue());
  return { argv, isShell, line: lineOf(last) };
}

function variablesOf(instruction: Instruction) {
  if (instruction.getKeyword() !== 'ENV') return [];
  const properties = (instruction as unknown as { getProperties(): EnvProperty[] }).getProperties();
  return properties.map((property) => ({
    name: property.getName(),
    value: property.getValue() ?? '',
    line: property.getRange().start.line + 1,
  }));
}

interface EnvProperty {
  getName(): string;
  getValue(): string | null;
  getRange(): { start: { line: number } };
}

/** `node:18.20.4-alpine`, `docker.io/library/node:20`, `oven/bun:1.1.24-slim`. */
function runtimesOf(image: string, place: SeenPackage['place']): SeenPackage[] {
  const [, name, version] =
    /^(?:docker\.io\/)?(?:library\/|oven\/)?(node|bun):v?(\d+(?:\.\d+){0,2})(?=$|[-@])/.exec(
      image,
    ) ?? [];
  return name && version ? [{ package: name, version, ecosystem: 'runtime', place }] : [];
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}
