import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Option, type Command } from 'commander';
import { read } from 'read';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { addUser, removeUser } from '../../dashboard/access/login/change-users.ts';
import { readUsers } from '../../dashboard/access/login/users-file.ts';
import { roles, type Role } from '../../dashboard/access/person.ts';
import { print, renderTable } from '../terminal.ts';

interface Add {
  readonly users: string;
  readonly role: Role;
  readonly queues?: readonly string[];
  readonly replace?: true;
}

/** Adds `user add`, `user remove` and `user list` to a command: who may log in. */
export function addUserCommands(command: Command): void {
  // `--users` stands here as well as with the dashboard itself.
  command.enablePositionalOptions();
  const user = command.command('user').description('say who may log in, in a password file');
  user
    .command('add <name>')
    .description('add somebody; the password is asked for, or is the first line of standard input')
    .requiredOption('--users <file>', 'the password file; made where there is none')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option(
      '--queues <pattern>',
      'the queues that they see, such as billing*; again for more (default: all)',
      (value: string, before?: readonly string[]) => [...(before ?? []), value],
    )
    .option('--replace', 'change somebody who is in the file: role, queues and password')
    .action(async (name: string, { users, role, queues = ['*'], replace }: Add) => {
      const password = await readPassword(name);
      await addUser(users, { name, role, queues, password }, replace);
      print(`${name} may log in with the role ${role}: ${users}`);
    });
  user
    .command('remove <name>')
    .description('take somebody out; their sessions end at once')
    .requiredOption('--users <file>', 'the password file')
    .action(async (name: string, { users }: { users: string }) => {
      await removeUser(users, name);
      print(`${name} may not log in any more: ${users}`);
    });
  user
    .command('list')
    .description('list who may log in')
    .requiredOption('--users <file>', 'the password file')
    .action(({ users }: { users: string }) => {
      const rows = readUsers(users).map(({ name, role, queues }) => [
        name,
        role,
        queues.join(', '),
      ]);
      print(renderTable(['name', 'role', 'queues'], rows, [30, 12]));
    });
}

/** Never from the command line, which every program of the machine can read. */
async function readPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) return readLine();
  const ask = (prompt: string) => read({ prompt, silent: true, output: process.stderr });
  const password = await ask(`Password of ${name}: `);
  if (password === (await ask('The same once more: '))) return password;
  throw new BadInput('expected the same password twice, got two. Nothing was changed');
}

async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  const first = once(lines, 'line') as Promise<[string]>;
  const end = once(lines, 'close').then((): [string] => ['']);
  const [line] = await Promise.race([first, end]);
  lines.close();
  return line;
}
