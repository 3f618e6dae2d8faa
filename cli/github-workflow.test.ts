/** The steps of .github/workflows/harness.yml, run as a runner of GitHub runs them on Ubuntu, on one small bug. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../catalog/project.ts';
import { hasGit } from '../catalog/testing/git.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../catalog/testing/temporary-folder.ts';
import { fixtureCache } from '../harness/lab/testing/fixture-cache.ts';
import { pathWith } from '../harness/lab/testing/path-with.ts';
import { runJob, type JobRun } from './testing/workflow.ts';

/** Three claims that need nothing but Node: their broker is the embedded PostgreSQL. */
const bug = '010';

/** What the workflow knows of a run that somebody started by hand, on the Linux leg. */
const expressions = {
  'github.event_name': 'workflow_dispatch',
  'github.base_ref': '',
  'inputs.bugs': bug,
  'inputs.matrix': 'false',
  'steps.python.outputs.python-path': '',
  'matrix.platform': 'linux',
  'matrix.shard': '1/1',
  'needs.plan.outputs.selection': bug,
  'github.token': 'none',
  'github.repository': 'somebody/poolproof',
  'github.event.pull_request.number': '7',
  "matrix.platform == 'linux'": true,
  "matrix.platform == 'darwin'": false,
  "!cancelled() && matrix.platform != 'linux'": false,
  '!cancelled()': true,
};

describe.skipIf(process.platform !== 'linux' || !hasGit)(
  'the workflow that runs the harness',
  () => {
    let folder: TemporaryFolder;
    let cache: Awaited<ReturnType<typeof fixtureCache>>;
    let programs: Awaited<ReturnType<typeof pathWith>>;
    let workflow: string;
    let workspace: string;

    beforeAll(async () => {
      folder = await makeTemporaryFolder('workflow');
      cache = await fixtureCache();
      workflow = await readFile(
        path.join(projectRoot, '.github', 'workflows', 'harness.yml'),
        'utf8',
      );
      workspace = path.join(folder.path, 'workspace');
      await copyProject(workspace);
      // eslint-disable-next-line portable/no-shell -- the test skips where there is none
      const { stdout: npm } = await execa('sh', ['-c', 'command -v npm']);
      programs = await pathWith({
        scripts: {
          // Modules are there already.
          npm: `[ "$1" = ci ] && exit 0\nexec "${npm}" "$@"`,
          // What changes the machine is left out.
          sudo: 'case "$1" in apt-get | systemctl | chown) exit 0 ;; --preserve-env) shift; exec "$@" ;; esac',
          // Finds the comment of the run before, once there was one.
          gh: 'echo "$@" >>"$GH_CALLS"; case "$*" in *--paginate*) cat "$GH_FOUND" ;; esac',
        },
      });
    });
    afterAll(async () => {
      await programs[Symbol.asyncDispose]();
      await cache[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    });

    async function job(name: string, changes: Partial<JobRun['expressions']> = {}) {
      const temporary = path.join(folder.path, `temporary-${name}`);
      await mkdir(temporary, { recursive: true });
      const link = path.join(temporary, 'poolproof');
      await symlink(cache.folder, link, 'junction').catch(() => undefined);
      const all = { ...expressions, ...changes } as JobRun['expressions'];
      const PATH = `${programs.folder}${path.delimiter}${process.env.PATH ?? ''}`;
      const { NO_COLOR = '1' } = process.env;
      const GH_CALLS = path.join(folder.path, 'gh.log');
      const GH_FOUND = path.join(folder.path, 'comment-id');
      return runJob(workflow, name, {
        ...{ workspace, temporary, expressions: all },
        env: { PATH, NO_COLOR, POOLPROOF_PYTHON: '', RUNNER_OS: 'Linux', GH_CALLS, GH_FOUND },
      });
    }

    test('plans shards, runs one, merges what it recorded, and comments on it once', async () => {
      const plan = await job('plan');
      expect(plan).toMatchObject({
        exitCode: 0,
        outputs: { plan: { selection: bug } },
      });
      const { include } = JSON.parse(plan.outputs.plan?.matrix ?? '') as { include: unknown[] };
      expect(include).toContainEqual({
        ...{ platform: 'linux', os: 'ubuntu-latest', shard: '1/1', name: 'linux-1' },
      });

      const run = await job('run');
      expect(run.log).toContain('confirmed');
      expect(run).toMatchObject({ exitCode: 0 });
      expect(run.summary).toContain('## Claims');
      expect(run.ran).toEqual([
        'Where things are',
        'Brokers and tools of Debian',
        'npm ci',
        'Every cell of this shard',
        'Leave in the cache what is used',
      ]);

      // As the actions that upload and download it.
      const evidence = path.join(workspace, 'evidence');
      await cp(evidence, path.join(workspace, 'machines', 'evidence-linux-1'), { recursive: true });
      const merge = await job('merge');
      expect(merge.log).not.toContain('error');
      expect(merge.exitCode).toBe(0);
      expect(merge.summary).toMatch(/^Linux \| 0 \| 0 \| 3 \| 0 \| 0$/m);
      const patch = await readFile(path.join(workspace, 'merged', 'evidence.patch'), 'utf8');
      expect(patch.match(/^diff --git a\/harness\/evidence\/010-/gm)).toHaveLength(3);

      for (const id of ['', '4711']) {
        await writeFile(path.join(folder.path, 'comment-id'), id);
        expect((await job('comment')).exitCode).toBe(0);
      }
      const said = await readFile(path.join(workspace, 'comment.md'), 'utf8');
      expect(said).toMatch(/^<!-- poolproof evidence -->\n\n## Evidence/);
      const calls = (await readFile(path.join(folder.path, 'gh.log'), 'utf8')).split(/\r?\n/);
      expect(calls.filter((call) => call.includes('--method'))).toEqual([
        'api --method POST repos/somebody/poolproof/issues/7/comments --field body=@comment.md',
        'api --method PATCH repos/somebody/poolproof/issues/comments/4711 --field body=@comment.md',
      ]);
    });

    test('a bug that somebody asks for by hand is a name, and no option or command', async () => {
      const plan = await job('plan', { 'inputs.bugs': '010 $(touch hacked);x' });
      expect(plan.exitCode).toBe(1);
      expect(plan.log).toContain('::error::expected a bug such as 002');
    });
  },
);

/** The project as it stands, in a repository of its own with one commit. */
async function copyProject(target: string): Promise<void> {
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: projectRoot,
  });
  for (const name of stdout.split('\0').filter((one) => one !== '')) {
    // A file that was removed and not yet committed is listed all the same.
    await cp(path.join(projectRoot, name), path.join(target, name)).catch(() => undefined);
  }
  const modules = path.join(projectRoot, 'node_modules');
  await symlink(modules, path.join(target, 'node_modules'), 'junction');
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: target });
  await git('init', '-q');
  await writeFile(path.join(target, '.git', 'info', 'exclude'), 'node_modules\n');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'as it stands');
}
