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
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = environment;
  const site = address('POOLPROOF_SITE', environment.POOLPROOF_SITE);
  const repository =
    address('POOLPROOF_REPOSITORY', environment.POOLPROOF_REPOSITORY) ??
    (server && name ? `${server}/${name}` : undefined);
  return {
    ...(site !== undefined && { site }),
    ...(repository !== undefined && { repository }),
    branch: environment.POOLPROOF_BRANCH ?? 'main',
  };
}

function address(name: string, value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`expected an address in ${name}, such as https://example.org, got "${value}"`);
  }
  return value.replace(/\/+$/, '');
}

export const settings = readSettings(process.env);
