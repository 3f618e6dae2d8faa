import { addressIn, repositoryIn } from '../catalog/report/repository.ts';

/** Where this copy of the site will stand, and where its sources are. Both may be unknown. */
interface Settings {
  /** `https://poolproof.example`: without it nothing can say its own address. */
  readonly site?: string;
  /** `https://github.com/owner/name`: for issues and changes. */
  readonly repository?: string;
  /** Where changes go: the branch that a page is edited on. */
  readonly branch: string;
}

/**
 * Reads the settings from the environment: `POOLPROOF_SITE`, `POOLPROOF_REPOSITORY` and
 * `POOLPROOF_BRANCH` (default `main`). GitHub Actions knows the repository by itself.
 *
 * @throws Error for what is no address.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const site = addressIn('POOLPROOF_SITE', environment);
  const repository = repositoryIn(environment);
  return {
    ...(site !== undefined && { site }),
    ...(repository !== undefined && { repository }),
    branch: environment.POOLPROOF_BRANCH ?? 'main',
  };
}

export const settings = readSettings(process.env);
