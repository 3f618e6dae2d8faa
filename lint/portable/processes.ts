import type { Slips } from './slip.ts';

const posixPrograms =
  'sh|bash|zsh|awk|cat|chmod|cp|env|find|grep|id|kill|ln|ls|mkdir|mv|pkill|ps|pwd|rm|sed|touch|uname|which';
const starters = '/^(?:execa|execaSync|execaNode|spawn|spawnSync|execFile|execFileSync)$/';
const posixVariables = 'EDITOR|HOME|LANG|LOGNAME|PAGER|PWD|SHELL|TMPDIR|USER';

/** What is wrong about processes. */
export const processSlips: Slips = {
  'no-process-group': {
    message:
      'Windows has no process groups: end the processes one by one (harness/lab/sweep/kill-tree.ts).',
    selectors: [
      "CallExpression[callee.property.name='kill'] > UnaryExpression.arguments:first-child[operator='-']",
    ],
    bad: ["process.kill(-child.pid, 'SIGKILL')"],
    good: ["process.kill(child.pid, 'SIGKILL')"],
  },

  'no-signal': {
    message:
      'Windows has no signals: there this ends the process at once, or fails. Ask by IPC or standard input, or kill.',
    selectors: [
      "CallExpression[callee.property.name='kill'] > Literal.arguments[value=/^SIG(?!KILL$)/]",
      "CallExpression[callee.object.name=/(?:child|process)$/i][callee.property.name='kill'][arguments.length=0]",
      "Property[key.name='killSignal'] > Literal[value=/^SIG(?!KILL$)/]",
    ],
    bad: [
      "child.kill('SIGTERM')",
      "process.kill(pid, 'SIGINT')",
      'child.kill()',
      "execa('x', { killSignal: 'SIGTERM' })",
    ],
    good: [
      "child.kill('SIGKILL')",
      "process.kill(pid, 'SIGKILL')",
      "process.on('SIGTERM', stop)",
      'child.disconnect()',
      'container.kill()',
    ],
  },

  'no-detached': {
    message:
      "On Windows a detached process has no console, and outlives what started it: detached: process.platform !== 'win32'.",
    selectors: ["Property[key.name='detached'][value.value=true]"],
    bad: ["execa('x', { detached: true })"],
    good: [
      "execa('x', { detached: process.platform !== 'win32' })",
      "execa('x', { detached: false })",
    ],
  },

  'no-shell': {
    message:
      'Windows has another shell and none of these programs: start the program itself, or use Node.',
    selectors: [
      "Property[key.name='shell']:not([value.value=false])",
      'CallExpression[callee.name=/^(?:exec|execSync|execaCommand|execaCommandSync)$/]',
      `CallExpression[callee.name=${starters}][arguments.0.value=/^(?:${posixPrograms})$/]`,
    ],
    bad: [
      "execa('x', { shell: true })",
      "execSync('npm ci')",
      "execa('rm', ['-rf', folder])",
      "spawn('sh', ['-c', command])",
    ],
    good: ["execa('git', ['status'])", 'pattern.exec(text)', "execa('x', { shell: false })"],
  },

  'no-child-process': {
    message:
      'npm, mvn and the like are .cmd files on Windows, which Node refuses to start (CVE-2024-27980): use execa.',
    selectors: ['ImportDeclaration[source.value=/^(?:node:)?child_process$/]'],
    bad: ["import { spawn } from 'node:child_process'", "import { exec } from 'child_process'"],
    good: ["import { execa } from 'execa'"],
  },

  'no-posix-variable': {
    message:
      'Windows does not set it: use os.homedir(), os.tmpdir(), os.userInfo(), process.cwd().',
    selectors: [
      `MemberExpression[object.object.name='process'][object.property.name='env'][property.name=/^(?:${posixVariables})$/]`,
    ],
    bad: ['process.env.HOME', 'process.env.USER ?? "nobody"'],
    good: ['os.homedir()', 'process.env.DATABASE_URL', "execa('x', { env: { LANG: 'C.UTF-8' } })"],
  },
};
