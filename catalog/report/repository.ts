/**
 * Where issues are opened, as the environment tells: `POOLPROOF_REPOSITORY`, or what GitHub Actions
 * knows by itself. Undefined where nothing does.
 *
 * @throws Error for what is no address.
 */
export function repositoryIn(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = environment;
  return (
    addressIn('POOLPROOF_REPOSITORY', environment) ??
    (server && name ? `${server}/${name}` : undefined)
  );
}

/**
 * The address that a variable holds, without a slash at its end; undefined where it is empty.
 *
 * @throws Error for what is no address.
 */
export function addressIn(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const value = environment[name];
  if (!value) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`expected an address in ${name}, such as https://example.org, got "${value}"`);
  }
  return value.replace(/\/+$/, '');
}
