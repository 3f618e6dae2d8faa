import type { Workers } from '../snapshot.ts';
import { ask, listen, Refused } from '../../pages/browser/api.ts';
import { ago, content, element, may, say } from '../../pages/browser/dom.ts';

type Worker = Workers['workers'][number];
interface Bug {
  bug: string;
  title: string;
  words: string;
  page: string;
}

const columns = [
  'Worker',
  'Queue',
  'Pool',
  'Running',
  'Versions',
  'Memory',
  'Loop',
  'Heard',
  'Bugs',
];
const body = element('tbody');
const heads = [...columns, ...(may('operator') ? ['Actions'] : [])];
const table = element(
  'table',
  { class: 'workers' },
  element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', {}, text)))),
  body,
);
const others = element('section');
const nobody = element('p', {}, 'Nobody has joined yet. A worker joins with ');
nobody.append(
  element('code', {}, "import { announce } from 'poolproof/worker'; announce(worker)"),
  '.',
);
content().append(nobody, table, others);
table.hidden = true;

/** Cells are written when what they show has changed: what has the focus, or is open, stays. */
interface Row {
  readonly row: HTMLTableRowElement;
  readonly cells: Map<string, { key: string; cell: HTMLTableCellElement }>;
}
const rows = new Map<string, Row>();
let latest: Workers = { workers: [], unjoined: [], unread: [] };
let connected = true;

function show(): void {
  const { workers, unjoined, unread } = latest;
  nobody.hidden = workers.length > 0;
  table.hidden = workers.length === 0;
  const here = new Set(workers.map(({ id }) => id));
  for (const [id, { row }] of rows) {
    if (here.has(id)) continue;
    row.remove();
    rows.delete(id);
  }
  workers.forEach((worker, index) => {
    const row = rows.get(worker.id) ?? addRow(worker.id);
    if (body.children[index] !== row.row) body.insertBefore(row.row, body.children[index] ?? null);
    write(row, worker);
  });
  others.replaceChildren(
    ...(unjoined.length > 0 ? unjoinedTable(unjoined) : []),
    ...unread.map(({ queueId, says }) =>
      element('p', { class: 'mark bad' }, `The workers of ${queueId} cannot be read: ${says}`),
    ),
  );
}

function addRow(id: string): Row {
  const made = { row: element('tr'), cells: new Map() };
  rows.set(id, made);
  return made;
}

function write(row: Row, worker: Worker): void {
  const { host, pid, name, platform, arch, pool, concurrency, busy, jobs } = worker;
  fill(row, 'Worker', [host, pid], () => [
    element('strong', {}, `${host}:${pid}`),
    small([name, `${platform} ${arch}`].filter(Boolean).join(' · ')),
  ]);
  fill(row, 'Queue', worker.queueId, () => [worker.queueId]);
  fill(row, 'Pool', [pool, concurrency, worker.children], () => [
    `${pool} × ${concurrency}`,
    small(worker.children === undefined ? '' : `${worker.children} children`),
  ]);
  fill(row, 'Running', [busy, jobs, worker.state, worker.health], () => [
    mark(worker),
    ` ${busy} of ${concurrency}`,
    ...jobs.slice(0, 5).map((job) => small(`${job.name} #${job.id}`)),
    small(jobs.length > 5 ? `and ${busy - 5} more` : ''),
  ]);
  fill(row, 'Versions', [worker.engine, worker.node, worker.skew], () => [
    `bullmq ${worker.engine ?? 'unknown'}`,
    small(`Node ${worker.node}`),
    ...worker.skew.map((text) => element('span', { class: 'mark warn', title: text }, text)),
  ]);
  const limit = worker.memoryLimitBytes;
  fill(row, 'Memory', [Math.round(worker.rssBytes / 1e6), limit], () => [
    `${Math.round(worker.rssBytes / 1e6)} MB`,
    small(limit === undefined ? '' : `of ${Math.round(limit / 1e6)} MB`),
  ]);
  fill(row, 'Loop', [worker.lag.max, worker.cpuPercent], () => [
    `${Math.round(worker.lag.max)} ms late`,
    small(`CPU ${Math.round(worker.cpuPercent)} %`),
  ]);
  fill(row, 'Heard', ago(worker.heardAt), () => [ago(worker.heardAt)]);
  fill(row, 'Bugs', [platform, pool, worker.engine], () => [bugsOf(worker)]);
  if (!may('operator')) return;
  const ids = worker.cancels ? jobs.map(({ id }) => id) : [];
  fill(row, 'Actions', [worker.state, ids, worker.commands], () => actions(worker));
}

function fill(
  { row, cells }: Row,
  column: string,
  shown: unknown,
  render: () => (Node | string)[],
): void {
  const key = JSON.stringify(shown);
  const known = cells.get(column);
  if (known?.key === key) return;
  const cell = known?.cell ?? element('td', { 'data-label': column });
  cell.replaceChildren(element('div', {}, ...render()));
  if (!known) row.append(cell);
  cells.set(column, { key, cell });
}

function small(text: string): HTMLElement {
  return element('small', {}, text);
}

const marks = {
  well: ['good', 'well'],
  paused: ['warn', 'paused'],
  closing: ['warn', 'closing'],
  blocked: ['bad', 'loop blocked'],
  silent: ['bad', 'silent'],
} as const;

function mark({ health, blockedMs }: Worker): HTMLElement {
  const [look, text] = marks[health];
  const blocked = health === 'blocked' ? ` for ${Math.round(blockedMs / 1000)} s` : '';
  return element('span', { class: `mark ${look}` }, text + blocked);
}

/** Asked for once for each kind of worker: reading the evidence takes a moment. */
const known = new Map<string, Promise<Bug[]>>();

function bugsOf({ platform, pool, engine }: Worker): HTMLElement {
  const query = new URLSearchParams({ platform, pool, ...(engine && { version: engine }) });
  const asked = known.get(`${query}`) ?? ask<Bug[]>(`/ops/api/workers/bugs?${query}`);
  known.set(`${query}`, asked);
  const summary = element('summary', {}, 'looking …');
  const details = element('details', {}, summary);
  asked.then(
    (bugs) => {
      summary.textContent = bugs.length === 0 ? 'none shown' : `${bugs.length} shown here`;
      details.append(
        element(
          'ul',
          {},
          ...bugs.map(({ bug, title, words, page }) =>
            element('li', {}, element('a', { href: page, title: words }, `${bug} ${title}`)),
          ),
        ),
      );
    },
    () => {
      summary.textContent = 'not known';
      known.delete(`${query}`);
    },
  );
  return details;
}

function actions(worker: Worker): (Node | string)[] {
  const path = `/ops/api/queues/${encodeURIComponent(worker.queueId)}/workers/${worker.id}`;
  const where = `${worker.host}:${worker.pid}`;
  const button = (text: string, suffix: string, sure?: string, look = '') =>
    element(
      'button',
      {
        type: 'button',
        class: look,
        'aria-label': `${text} on ${where}`,
        onclick: () => {
          if (sure === undefined || confirm(sure)) void send(path + suffix, `${text}: ${where}`);
        },
      },
      text,
    );
  const jobs = worker.cancels ? worker.jobs.slice(0, 5) : [];
  const [last] = worker.commands;
  return [
    worker.state === 'paused' ? button('Resume', '/resume') : button('Pause', '/pause'),
    button(
      'Stop',
      '/stop',
      `Stop the worker ${where}? It closes when its jobs are over. Only its own host can start it again.`,
      'danger',
    ),
    ...jobs.map(({ id }) => button(`Cancel #${id}`, `/jobs/${encodeURIComponent(id)}/cancel`)),
    small(last ? `${last.action}, ${last.done ? 'done' : 'not done'}: ${last.says}` : ''),
  ];
}

async function send(path: string, what: string): Promise<void> {
  say(`${what} …`);
  try {
    const { id } = await ask<{ id: string }>(path, { method: 'POST' });
    say(`${what}: on its way. The worker says below what became of it.`);
    waiting.set(id, what);
  } catch (error) {
    say(error instanceof Refused ? error.message : `${what}: the dashboard does not answer.`);
  }
}

/** Commands of this page that no worker has answered yet. */
const waiting = new Map<string, string>();

function tellAnswers(): void {
  for (const { commands } of latest.workers) {
    for (const { id, done, says } of commands) {
      const what = waiting.get(id);
      if (what === undefined) continue;
      waiting.delete(id);
      say(`${what}: ${done ? 'done' : 'not done'}, the worker ${says}.`);
    }
  }
}

function unjoinedTable(unjoined: Workers['unjoined']): HTMLElement[] {
  return [
    element('h2', {}, 'Not joined'),
    element('p', {}, 'Connections that wait for jobs. Nothing else is known of these workers.'),
    element(
      'ul',
      {},
      ...unjoined.map(({ queueId, name, address }) =>
        element('li', {}, [queueId, name, address].filter(Boolean).join(' · ')),
      ),
    ),
  ];
}

listen(
  '/ops/api/workers/events',
  (event) => {
    latest = event as Workers;
    show();
    tellAnswers();
  },
  (isConnected) => {
    if (isConnected !== connected) {
      say(
        isConnected ? '' : 'The connection is lost. What is shown is old; it comes back by itself.',
      );
    }
    connected = isConnected;
  },
);
setInterval(show, 1000);
