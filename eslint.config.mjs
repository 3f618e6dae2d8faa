import { defineConfig } from 'eslint/config';
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';
import { everySlip, portable } from './lint/portable/plugin.ts';

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', '.astro/', '.vitest/', '.poolproof/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers in messages are what these messages are about: versions, ports, milliseconds.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // A scenario or a test that waits by the clock hides a race: wait for a condition with a deadline.
    files: ['**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'timers/promises', message: 'Wait for a condition with a deadline.' },
            { name: 'node:timers/promises', message: 'Wait for a condition with a deadline.' },
          ],
        },
      ],
    },
  },
  {
    // Harness, worker and dashboard run on Windows and macOS as they do on Linux.
    files: ['**/*.{ts,mjs}'],
    ignores: [
      // Runs on Debian machines alone: it installs Debian's packages.
      '.ci/**',
      // They drive Linux from Linux, whatever runs in it.
      'harness/platforms/container/**',
      'harness/platforms/wine/**',
      'harness/sweep/wine.ts',
      // It finds processes by what Linux tells of them; its tests skip elsewhere.
      'cli/start/fixtures/marked-start.ts',
    ],
    plugins: { portable },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: everySlip,
  },
  {
    // On Apple silicon npm has no newer Node 24 than 24.0.0 (docs/decisions/0001-node-from-npm.md).
    files: ['**/*.{ts,mjs}'],
    ignores: ['.ci/**'],
    plugins: { n },
    rules: {
      'n/no-unsupported-features/node-builtins': [
        'error',
        { version: '>=24.0.0', allowExperimental: true },
      ],
    },
  },
  {
    // They show failures, and some of them are these slips; they have no libraries but the engine.
    files: ['harness/**/actors/**'],
    rules: { 'portable/no-path-as-module': 'off', 'portable/no-child-process': 'off' },
  },
  {
    // The paths in them are texts from other machines.
    files: [
      'catalog/checks/check-project.test.ts',
      'catalog/evidence/machine-traces.test.ts',
      'harness/record/placeholders.test.ts',
    ],
    rules: { 'portable/no-posix-path': 'off' },
  },
);
