import type { ESLint, Rule } from 'eslint';
import { fileSlips } from './files.ts';
import { pathSlips } from './paths.ts';
import { processSlips } from './processes.ts';
import type { Slip, Slips } from './slip.ts';

/** Every slip, by the name of its rule. */
export const slips: Slips = { ...pathSlips, ...processSlips, ...fileSlips };

function toRule({ message, selectors }: Slip): Rule.RuleModule {
  return {
    meta: { type: 'problem', schema: [], messages: { slip: message } },
    create(context) {
      const reported = new Set<unknown>();
      const report = (node: Rule.Node) => {
        // Two selectors may find the same.
        if (reported.has(node)) return;
        reported.add(node);
        context.report({ node, messageId: 'slip' });
      };
      return Object.fromEntries(selectors.map((selector) => [selector, report]));
    },
  };
}

/**
 * Forbids what works on Linux and not on Windows, a rule for each slip. No plugin on npm does: those
 * that look at paths look at imports.
 */
export const portable: ESLint.Plugin = {
  meta: { name: 'portable' },
  rules: Object.fromEntries(Object.entries(slips).map(([name, slip]) => [name, toRule(slip)])),
};

/** All rules of the plugin, as errors. */
export const everySlip = Object.fromEntries(
  Object.keys(slips).map((name) => [`portable/${name}`, 'error'] as const),
);
