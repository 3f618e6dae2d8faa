/**
 * Arguments of pip, npm and Maven. Where there is no network they would try again for up to a minute;
 * what a second try does not get, a sixth does not get either.
 */

export const pip = [
  ...['-m', 'pip', '--disable-pip-version-check', '--no-input'],
  ...['--retries', '1', '--timeout', '60'],
];

export const npm = {
  from: 'npm',
  by: 'npm, which comes with Node.js (https://nodejs.org)',
} as const;

/** For `npm install` or `ci` in a folder that has a package.json of its own, or npm would look for one in the folders above. */
export function npmOptions(folder: string): string[] {
  return [
    ...['--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder],
    ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=60000'],
  ];
}

/** The plugin by its full name: of a short one that it cannot look up Maven does not say why. */
export const mavenCopy = [
  ...['--quiet', '--batch-mode', '-Dmaven.wagon.http.retryHandler.count=1'],
  ...['-Dmaven.wagon.rto=60000', 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'],
];
