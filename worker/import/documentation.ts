import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fields, type Field } from './fields.ts';
import { encodings } from './encoding.ts';
import { presets } from './presets/presets.ts';
import { cashWords, sideWords, stateWords } from './words.ts';

/** The page of the documentation that says which files can be imported. */
export const importFilesPage = path.join(
  import.meta.dirname,
  '..',
  '..',
  'site',
  'content',
  'docs',
  'import-files.md',
);

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

function columnRow([name, field]: [string, Field]): string {
  const needed = field.required ? ' (needed)' : '';
  return `| \`${name}\`${needed} | ${field.says} | ${code(field.names.flat())} |`;
}

function presetSection({ name, title, source, refuses }: (typeof presets)[number]): string {
  return `### ${title}

\`preset=${name}\`. The columns are those of [${source.what}](${source.at}), read on ${source.read}.

It refuses, by line and reason:

${refuses.map((each) => `- ${each}`).join('\n')}
`;
}

/** The page as it is committed: `npm run docs` writes it, and a test compares. */
export async function formatImportFilesPage(): Promise<string> {
  const config = await resolveConfig(importFilesPage);
  return format(render(), { ...config, filepath: importFilesPage });
}

function render(): string {
  return `---
title: Files that can be imported
description: Which columns and formats an import reads, what it refuses, and how to say what a file does not.
---

An import reads CSV with one trade on each line, and a header. A file is understood completely, or it is
refused with the line, the column, what was expected, what was found, and what to change. Where two
readings of a file give different positions, none is chosen: say which one is meant.

\`\`\`sh
poolproof import trades.csv --dry-run
curl --data-binary @trades.csv -H 'content-type: text/csv' 'http://127.0.0.1:3000/imports?dry-run=true'
\`\`\`

## Columns

Names are compared without case, blanks and marks. Where several names in a row of the table are there,
the first of them is read. Every result lists the columns that were not read. A column that has none of
these names, and looks as if it changed a position, is asked about.

Numbers are \`1234.50\`, \`1,234.50\`, \`1.234,50\`, \`1 234,50\` or \`1’234.50\`; thousands are grouped in threes, or
not at all. One number of the file has to show which mark is the decimal one.

| Column | What stands in it | Names |
| ------ | ----------------- | ----- |
${(Object.entries(fields) as [string, Field][]).map(columnRow).join('\n')}

A file needs a price or an amount. Buys: ${code(sideWords.buy)}. Sells: ${code(sideWords.sell)}.
Counted and left out: ${code(cashWords)}. Executed: ${code(stateWords.executed)}. Not executed, counted and
left out: ${code(stateWords.notExecuted)}.

## What to say where the file does not

As parameters of \`POST /imports\`, or as options of \`poolproof import\` with two hyphens before them.

| Parameter | Says |
| --------- | ---- |
| \`map=FIELD=COLUMN\` | Which column is a field, such as \`map=price=Rate\`. Once for each; several for \`fees\` add up. \`map=side=quantity\`: the sign of the quantity tells a sell from a buy. |
| \`ignore=COLUMN\` | That a column is not to be read, nor asked about. |
| \`preset=NAME\` | Whose export it is. |
| \`encoding=NAME\` | How its characters are encoded: ${code(encodings)}. Without it: UTF-8, or UTF-16 with a byte order mark. |
| \`decimal=.\` or \`decimal=,\` | Its decimal mark, where no number of the file shows it: 1,234 is a thousand or one and a bit. |
| \`dates=dmy\` or \`dates=mdy\` | Whether the day or the month is first, where no date of the file shows it. |
| \`order=oldest-first\` or \`newest-first\` | How the rows of one day follow each other. Without it: as in the file, or the other way round where its dates fall from the first row to the last. Times come before both. |
| \`known=import\` | That rows are new which are equal to trades of the portfolio. Without it they are the same trades from another export, counted as known and left out; two equal rows of one file are two trades. |
| \`dry-run=true\` | That nothing is to be changed: the result says what would happen, with the positions. |

## What is refused

- Splits, short sales, options and futures, transfers, corporate actions, and whatever has no name above.
- Symbols that differ only in case, in the file or between the file and the portfolio.
- Numbers with blanks that do not group thousands, dates with text after them, days that do not exist.
- Fees in another currency than the trade, of both signs, or in several columns that were not named.
- An amount that is not quantity × price, with the fees or without, but for rounding.
- Taxes on a trade, since nothing tells whether they are part of its cost.
- Files that are compressed, workbooks, and text in another encoding than was said.

## Presets

${presets.map(presetSection).join('\n')}`;
}
