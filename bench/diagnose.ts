/**
 * What `diagnose` makes of logs whose cause is known:
 *
 *   node bench/diagnose.ts FOLDER [ROWS.json]
 *
 * FOLDER holds cases.jsonl, a case a line, and the logs in cases/. Of a case these keys count: `file`;
 * `row`, what it is a case of, or null where nothing must be named; `also`, other rows that are right,
 * `none` among them where silence is. ROWS.json, by default that of FOLDER, names the bugs of a row:
 * { "W1": ["BUG-002"] }. A row that it does not name has no write-up, so that silence is right.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Diagnosis } from '../catalog/diagnose/diagnosis.ts';
import { createLogReaders } from '../catalog/diagnose/log-reader.ts';
import { historyOf } from '../catalog/diagnose/version-history.ts';
import { readResults } from '../catalog/verdict/results.ts';
import { readWriteups } from '../catalog/writeup/read.ts';

const caseSchema = z.looseObject({
  file: z.string(),
  row: z.string().nullable(),
  also: z.array(z.string()).default([]),
  why: z.string().default(''),
});
const rowsSchema = z.record(z.string(), z.array(z.string()));

const outcomes = ['right', 'perhaps', 'silent', 'missed', 'astray', 'wrong'] as const;
type Outcome = (typeof outcomes)[number];

/**
 * `right`: named, and nothing else. `perhaps`: among the candidates. `silent`: nothing said, as it must
 * be. `missed`: nothing said of a bug that has a write-up. `astray`: other candidates. `wrong`: another
 * bug named.
 */
function outcomeOf(
  { matches }: Diagnosis,
  accepted: readonly string[],
  mayBeSilent: boolean,
): Outcome {
  const named = matches.filter(({ level }) => level !== 'perhaps').map(({ bug }) => bug);
  if (named.some((bug) => !accepted.includes(bug))) return 'wrong';
  if (named.length > 0) return 'right';
  const candidates = matches.flatMap((match) => match.candidates ?? []).map(({ bug }) => bug);
  if (candidates.some((bug) => accepted.includes(bug))) return 'perhaps';
  if (candidates.length > 0) return 'astray';
  return mayBeSilent ? 'silent' : 'missed';
}

const [folder, rowsFile = path.join(folder ?? '', 'rows.json')] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node bench/diagnose.ts FOLDER [ROWS.json]');
const bugsOf = rowsSchema.parse(JSON.parse(readFileSync(rowsFile, 'utf8')));
const cases = readFileSync(path.join(folder, 'cases.jsonl'), 'utf8')
  .split(/\r?\n/)
  .filter((line) => line.trim() !== '')
  .map((line) => caseSchema.parse(JSON.parse(line)));
const openReader = createLogReaders(readWriteups(), (writeup) =>
  historyOf(writeup, readResults(writeup)),
);

const byRow = new Map<string, Record<Outcome, number>>();
const remarks: string[] = [];
for (const { file, row, also, why } of cases) {
  const reader = openReader();
  reader.write(readFileSync(path.join(folder, 'cases', file)));
  const diagnosis = reader.end();
  const accepted = [row ?? '', ...also].flatMap((one) => bugsOf[one] ?? []);
  const hasWriteup = row !== null && bugsOf[row] !== undefined;
  const outcome = outcomeOf(diagnosis, accepted, !hasWriteup || also.includes('none'));
  const counts =
    byRow.get(row ?? 'none') ??
    ({ right: 0, perhaps: 0, silent: 0, missed: 0, astray: 0, wrong: 0 } satisfies Record<
      Outcome,
      number
    >);
  counts[outcome] += 1;
  byRow.set(row ?? 'none', counts);
  const got = diagnosis.matches
    .map(
      ({ bug, level, candidates }) =>
        `${(candidates ?? [{ bug }]).map((one) => one.bug).join('|')} (${level})`,
    )
    .join(', ');
  if (outcome === 'missed' || outcome === 'astray' || outcome === 'wrong') {
    remarks.push(`${outcome}: ${file}, row ${row ?? 'none'} (${why}): got ${got || 'nothing'}`);
  }
  if (row !== null && diagnosis.matches.length === 0 && diagnosis.unmatchedErrors.length === 0) {
    remarks.push(`invisible: ${file}, row ${row} (${why})`);
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const cells = (head: string, counts: Record<Outcome, number>) =>
  [head.padEnd(8), ...outcomes.map((outcome) => String(counts[outcome] || '').padStart(8))].join(
    '',
  );
print(['row'.padEnd(8), ...outcomes.map((outcome) => outcome.padStart(8))].join(''));
for (const [row, counts] of [...byRow].sort(([a], [b]) => a.localeCompare(b)))
  print(cells(row, counts));
const total = (outcome: Outcome) =>
  [...byRow.values()].reduce((sum, counts) => sum + counts[outcome], 0);
print(
  cells('all', {
    right: total('right'),
    perhaps: total('perhaps'),
    silent: total('silent'),
    missed: total('missed'),
    astray: total('astray'),
    wrong: total('wrong'),
  }),
);
for (const remark of remarks) print(remark);
