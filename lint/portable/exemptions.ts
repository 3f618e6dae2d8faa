/** Files in which slips may stand. A single line has its own exemption beside it, with its reason. */
interface Exemption {
  /** Patterns, from the root of the repository. */
  readonly files: readonly string[];
  readonly why: string;
  /** Default: every rule. */
  readonly rules?: readonly string[];
}

export const exemptions: readonly Exemption[] = [
  {
    files: ['.ci/*.ts'],
    why: 'They run on Debian machines alone, whose packages the run installs.',
  },
  {
    files: [
      'harness/lab/platforms/container/**/*.ts',
      'harness/lab/engines/celery/container/*.ts',
      'harness/lab/platforms/wine/**/*.ts',
      'harness/on-wine/**/*.ts',
      'harness/lab/sweep/{wine,read-proc,linux-leftovers}.ts',
      'harness/lab/brokers/rabbitmq/*.ts',
    ],
    why: 'They drive Linux from Linux, whatever runs in it.',
  },
  {
    files: ['harness/lab/faults/{clock,limits}.ts'],
    why: 'They look where packages of Linux and macOS put things, and say so elsewhere.',
    rules: ['no-posix-path'],
  },
  {
    files: ['harness/lab/testing/{path-with,programs-about,warm-cache}.ts'],
    why: 'Tests of Wine and Docker alone use them, which skip where there is neither.',
  },
  {
    files: ['cli/start/fixtures/marked-start.ts'],
    why: 'It finds processes by what Linux tells of them; its tests skip elsewhere.',
  },
  {
    files: ['harness/**/actors/**/*.{ts,mjs}'],
    why: 'They show failures, of which some are slips, and have no libraries but the engine.',
    rules: ['no-path-as-module', 'no-child-process', 'no-signal'],
  },
  {
    files: [
      'catalog/checks/check-project.test.ts',
      'catalog/diagnose/neighbours.test.ts',
      'catalog/diagnose/versions.test.ts',
      'catalog/doctor/command-line.test.ts',
      'catalog/evidence/machine-traces.test.ts',
      'harness/record/placeholders.test.ts',
    ],
    why: 'The paths in them are texts from other machines.',
    rules: ['no-posix-path'],
  },
  {
    files: [
      'catalog/cell/dimensions.ts',
      'catalog/doctor/fact-names.ts',
      'harness/lab/platforms/shm*.ts',
    ],
    why: 'They speak of /dev/shm, which is on Linux alone, as the claims about it are.',
    rules: ['no-posix-path'],
  },
  {
    files: ['cli/doctor/machine.ts'],
    why: 'It asks Linux for /dev/shm and control groups, and looks for neither elsewhere.',
    rules: ['no-posix-path'],
  },
];
