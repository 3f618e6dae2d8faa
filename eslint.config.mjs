import { defineConfig } from 'eslint/config';
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';
import { exemptions } from './lint/portable/exemptions.ts';
import { everySlip, portable } from './lint/portable/plugin.ts';

const exempted = exemptions.map(({ files, rules }) => ({
  files,
  rules: Object.fromEntries(
    (rules?.map((rule) => `portable/${rule}`) ?? Object.keys(everySlip)).map((rule) => [
      rule,
      'off',
    ]),
  ),
}));

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
      // What `using` declares is used at the end of its block.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreUsingDeclarations: true }],
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
    plugins: { portable },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: everySlip,
  },
  exempted,
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
);
