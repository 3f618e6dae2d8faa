import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../catalog/project.ts';
import { exemptions } from './exemptions.ts';
import { everySlip, portable, slips } from './plugin.ts';

/** The rules that a program breaks. */
function broken(code: string): string[] {
  const messages = new Linter().verify(code, {
    languageOptions: { parser: tseslint.parser },
    plugins: { portable },
    rules: everySlip,
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe.each(Object.entries(slips))('%s', (name, { bad, good }) => {
  test.each(bad)('catches %s', (code) => {
    expect(broken(code)).toEqual([`portable/${name}`]);
  });

  test.each(good)('lets pass %s', (code) => {
    expect(broken(code)).toEqual([]);
  });
});

describe('an exemption is needed', () => {
  const patterns = exemptions.flatMap(({ files, ...rest }) =>
    files.map((pattern) => [pattern, rest.rules ?? Object.keys(slips)] as const),
  );
  test.each(patterns)('in %s', (pattern, rules) => {
    const found = globSync(pattern, { cwd: projectRoot }).flatMap((file) =>
      broken(readFileSync(path.join(projectRoot, file), 'utf8')),
    );
    const covered = rules.map((rule) => `portable/${rule}`);
    expect(found.filter((rule) => covered.includes(rule))).not.toEqual([]);
  });
});
