import type { Slips } from './slip.ts';

/** What is wrong about files and what stands in them. */
export const fileSlips: Slips = {
  'no-split-at-lf': {
    message: String.raw`Lines of files and of what programs print may end in CRLF: split(/\r?\n/).`,
    selectors: [
      String.raw`CallExpression[callee.property.name='split'][arguments.0.value=/^\n$/]`,
      String.raw`CallExpression[callee.property.name='split'][arguments.0.quasis.0.value.cooked=/^\n$/]`,
      String.raw`CallExpression[callee.property.name='split'][arguments.0.regex.pattern=/^(?:\\n)[+]?$/]`,
    ],
    bad: [String.raw`text.split('\n')`, 'text.split(`\\n`)', String.raw`text.split(/\n/)`],
    good: [String.raw`text.split(/\r?\n/)`, "text.split(',')", String.raw`lines.join('\n')`],
  },

  'no-untyped-link': {
    message:
      "Windows must be told what a link is, and lets not everybody make one of another type: symlink(target, link, 'junction') for a folder.",
    selectors: [
      'CallExpression[callee.name=/^symlink(?:Sync)?$/][arguments.length<3]',
      'CallExpression[callee.property.name=/^symlink(?:Sync)?$/][arguments.length<3]',
    ],
    bad: ['symlink(target, link)', 'fs.symlinkSync(target, link)'],
    good: ["symlink(target, link, 'junction')"],
  },

  'no-hasty-removal': {
    message:
      'Windows refuses for a moment to remove what a process had open until just now: add maxRetries.',
    selectors: [
      "CallExpression[callee.name=/^rm(?:Sync)?$/] > ObjectExpression:has(> Property[key.name='recursive']):not(:has(> Property[key.name='maxRetries']))",
    ],
    bad: ['rm(folder, { recursive: true, force: true })', 'rmSync(folder, { recursive: true })'],
    good: [
      'rm(folder, { recursive: true, force: true, maxRetries: 5 })',
      'rm(file, { force: true })',
      'mkdir(folder, { recursive: true })',
    ],
  },
};
