import { formatProblem } from '../../problem/problem.ts';
import { parseWriteup } from '../parse.ts';

export const file = 'bugs/008-short.mdx';
const body = ['Symptom', 'Fix', 'Why', 'Reproduce', 'Prevention']
  .map((heading) => `## ${heading}\n\nText.\n`)
  .join('\n');

/** A write-up of BullMQ with what a test writes from line 12 on. */
export function parseShort(
  lines: string,
  engine = 'bullmq',
  signatures = "[{ id: short, template: 'ShortError: too short', source: the tests of the catalog }]",
) {
  const text = `---
id: BUG-008
title: The worker is short of words
description: A worker that has been told little knows all the same what to do.
engine: ${engine}
status: live
severity: low
reported: 2026-01-03
symptom: The worker says little.
fix: { summary: Say more to it., code: say more, claim: cure }
signatures: ${signatures}
${lines.trim()}
---

${body}`;
  const { writeup, problems } = parseWriteup(text, file);
  return {
    claims: writeup?.claims ?? [],
    sources: writeup?.sources,
    problems: problems.map(formatProblem),
  };
}

/** Two claims, from `run` on. */
export const two = `
run: { version: '6.7.0', pool: solo, platforms: unix }
claims:
  - { id: fault, says: It is short of words, expect: { fails: short } }
  - { id: cure, says: It has words enough, expect: works }
`;
