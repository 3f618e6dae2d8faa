import path from 'node:path';

/** The folder that holds bugs/ and harness/. */
export const projectRoot = path.resolve(import.meta.dirname, '..');

/** Where a project keeps what the catalog reads. Every reader takes another root, for tests. */
export const folders = {
  bugs: (root: string) => path.join(root, 'bugs'),
  scenarios: (root: string) => path.join(root, 'harness', 'scenarios'),
  evidence: (root: string) => path.join(root, 'harness', 'evidence'),
  /** The client and worker programs by which the harness drives an engine. */
  enginePrograms: (root: string, engine: string) =>
    path.join(root, 'harness', 'lab', 'engines', engine, 'programs'),
};
