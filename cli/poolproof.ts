import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { BadInput } from '../catalog/problem/bad-input.ts';
import { commands } from './commands.ts';

/** Exit codes of every command; 0 and 1 are each command's own answer. */
const badUsage = 2;
const crashed = 70;

/** Builds the program with only the called command's module loaded, so that `--help` is instant. */
async function createProgram(called: string | undefined): Promise<Command> {
  const program = new Command('poolproof')
    .description(packageJson.description)
    .version(packageJson.version)
    // An option belongs to the command that it follows, also where one above has the same.
    .enablePositionalOptions()
    .exitOverride();
  for (const [name, { summary, example, load }] of Object.entries(commands)) {
    const command = program
      .command(name)
      .description(summary)
      .addHelpText('after', `\nExample:\n  $ ${example}`);
    if (name === called) (await load()).configure(command);
  }
  const examples = Object.values(commands).map(({ example }) => `  $ ${example}`);
  return program.addHelpText('after', ['\nExamples:', ...examples].join('\n'));
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : badUsage;
  if (error instanceof BadInput) {
    process.stderr.write(`error: ${error.message}\n`);
    return badUsage;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return crashed;
}

// A reader that stops early (`poolproof list | head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const [first, second] = process.argv.slice(2);
try {
  const program = await createProgram(first === 'help' ? second : first);
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
