/**
 * What the page of every bug has by itself, around its text: the ids and the words of its headings. A text
 * that had one of them would show it twice.
 */
export const pageHeadings = {
  'quick-fix': 'Quick fix',
  'in-short': 'Who is affected',
  claims: 'Proof',
  'every-claim': 'Every claim',
  sources: 'Sources',
} as const;

/** The second-level headings that the text of every write-up has, in this order; others may stand between. */
export const requiredHeadings = ['Symptom', 'Fix', 'Why', 'Reproduce', 'Prevention'] as const;
