/** The PostgreSQL to use instead of the embedded one, from DATABASE_URL. */
export function databaseUrl(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment.DATABASE_URL === '' ? undefined : environment.DATABASE_URL;
}
