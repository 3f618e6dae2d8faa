const shown = ['celery', 'kombu', 'billiard', 'redis', 'vine', 'gevent', 'eventlet', 'django'];

/** From `pip list --format=json`, the packages that evidence names. */
export function chooseVersions(pipList: string): Record<string, string> {
  const installed = JSON.parse(pipList) as { name: string; version: string }[];
  return Object.fromEntries(
    installed
      .filter(({ name }) => shown.includes(name.toLowerCase()))
      .map(({ name, version }) => [name.toLowerCase(), version]),
  );
}
