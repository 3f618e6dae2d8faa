import { ask } from '../../pages/browser/api.ts';
import { content, element, say } from '../../pages/browser/dom.ts';
import type { AuditPage, AuditRow } from '../../access/audit-page.ts';

const columns = ['When', 'Who', 'What', 'Queue', 'Subject', 'Address', 'Result'];

const rows = element('tbody');
const older = element('button', { type: 'button', onclick: () => void load() }, 'Older');
let next: string | null = null;
/** Answers to what was asked before the newest question are not shown. */
let asked = 0;

const form = element(
  'form',
  { class: 'filters', 'aria-label': 'Filter' },
  field('person', 'Who', 'text'),
  field('action', 'What contains', 'text'),
  field('queue', 'Queue', 'text'),
  field('from', 'From', 'datetime-local'),
  field('to', 'To', 'datetime-local'),
  element('button', {}, 'Show'),
  element('a', { href: '/ops/audit', class: 'button' }, 'Clear'),
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const filled = [...new FormData(form)].filter(([, value]) => value !== '') as [string, string][];
  const query = new URLSearchParams(filled).toString();
  history.pushState(null, '', query === '' ? location.pathname : `?${query}`);
  void begin();
});
addEventListener('popstate', () => {
  fillForm();
  void begin();
});

const table = element(
  'table',
  { class: 'audit' },
  element(
    'thead',
    {},
    element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name))),
  ),
  rows,
);
const filter = element(
  'details',
  { class: 'filter', open: matchMedia('(min-width: 40rem)').matches || location.search !== '' },
  element('summary', {}, 'Filter'),
  form,
);
content().append(filter, element('div', { class: 'scroll' }, table), older);
older.hidden = true;
fillForm();
void begin();

function field(name: string, label: string, type: string): HTMLLabelElement {
  return element('label', {}, label, element('input', { name, type, maxlength: 200 }));
}

function fillForm(): void {
  const query = new URLSearchParams(location.search);
  for (const input of form.querySelectorAll('input')) input.value = query.get(input.name) ?? '';
}

async function begin(): Promise<void> {
  rows.replaceChildren();
  next = null;
  await load();
}

async function load(): Promise<void> {
  asked += 1;
  const mine = asked;
  say('Reading the log …');
  older.disabled = true;
  try {
    const page = await ask<AuditPage>(`/ops/api/audit?${queryOf(next).toString()}`);
    if (mine !== asked) return;
    rows.append(...page.rows.map(renderRow));
    next = page.next;
    older.hidden = next === null;
    const count = `${rows.children.length} ${rows.children.length === 1 ? 'line' : 'lines'}`;
    say(next === null ? `${count}: all that the log holds.` : `${count}. There is more: Older.`);
  } catch (error) {
    if (mine === asked) say((error as Error).message);
  } finally {
    older.disabled = false;
  }
}

/** Times are typed as the clock here shows them; the server is told which time that is. */
function queryOf(before: string | null): URLSearchParams {
  const query = new URLSearchParams(location.search);
  for (const name of ['from', 'to']) {
    const time = query.get(name);
    if (time && !Number.isNaN(Date.parse(time))) query.set(name, new Date(time).toISOString());
  }
  if (before !== null) query.set('before', before);
  return query;
}

function renderRow(row: AuditRow): HTMLTableRowElement {
  if (row.kind === 'damaged') {
    return element(
      'tr',
      { class: 'damaged' },
      element(
        'td',
        { colspan: columns.length },
        element('span', { class: 'mark warn' }, 'damaged line'),
        ' ',
        element('code', {}, row.text),
      ),
    );
  }
  const time = element(
    'time',
    { datetime: row.at, title: row.at },
    new Date(row.at).toLocaleString(),
  );
  const cells = [
    time,
    row.person,
    row.action,
    row.queue,
    row.subject,
    row.peer,
    result(row.status),
  ];
  return element(
    'tr',
    {},
    ...cells.map((cell, index) =>
      element('td', { 'data-label': columns[index] }, element('span', {}, cell ?? '')),
    ),
  );
}

function result(status: number | undefined): HTMLSpanElement {
  if (status === undefined) {
    const title =
      'It was asked for; what came of it was not kept. The dashboard may have been killed.';
    return element('span', { class: 'mark warn', title }, 'not known');
  }
  if (status === 0) {
    const title = 'The connection was gone before the answer.';
    return element('span', { class: 'mark warn', title }, 'no answer');
  }
  const word = status < 400 ? 'done' : status < 500 ? 'refused' : 'failed';
  const kind = status < 400 ? 'good' : 'bad';
  return element('span', { class: `mark ${kind}` }, `${word} ${status}`);
}
