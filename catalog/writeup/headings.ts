/** The second-level headings that the text of every write-up has, in this order; others may stand between. */
export const requiredHeadings = ['Symptom', 'Fix', 'Why', 'Reproduce', 'Prevention'] as const;
