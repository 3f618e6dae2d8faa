import { execa, execaSync } from 'execa';

/** Whether this machine has Git. A project that was unpacked from an archive works without; its history does not. */
export const hasGit = !execaSync('git', ['--version'], { reject: false }).failed;

/** Runs Git in a repository of a test, as somebody who may commit. */
export function git(root: string, ...args: string[]) {
  const author = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execa('git', [...author, ...args], { cwd: root });
}
