import type { Told } from '../../jobs/act-on-all.ts';
import { tellEach } from './api.ts';
import { element } from './dom.ts';

/** What is done to many jobs. */
export interface BulkWork {
  /** `Retry`, `Remove`, `Promote`. */
  readonly verb: string;
  /** What it is done to: `12 failed jobs`. */
  readonly what: string;
  /** What somebody should know before they agree. */
  readonly warning: string;
  readonly path: string;
  readonly body: unknown;
  /** Called when the dialog is closed after something was done. */
  readonly onDone: () => void;
}

/** Results that are listed; those that did not work first. */
const mostListed = 200;

type JobLine = Extract<Told, { tells: 'job' }>;

const outcomeWords = {
  done: 'done',
  moved: 'moved meanwhile, left as it is',
  gone: 'gone meanwhile',
  failed: 'not possible',
} as const;

/** Asks whether it shall be done, does it, and tells how far it is and what came of each job. */
export function openBulk(work: BulkWork): void {
  const stop = new AbortController();
  const lines: JobLine[] = [];
  let total = 0;
  const heading = element('h2', { id: 'bulk-title' }, `${work.verb} ${work.what}?`);
  const bar = element('progress', { 'aria-label': 'Jobs done', hidden: true });
  const told = element('p', { role: 'status' }, work.warning);
  const results = element('div');
  const begin = element(
    'button',
    {
      type: 'button',
      class: work.verb === 'Remove' ? 'danger' : undefined,
      onclick: () => void run(),
    },
    `${work.verb} ${work.what}`,
  );
  const close = element(
    'button',
    {
      type: 'button',
      onclick: () => {
        dialog.close();
      },
    },
    'Cancel',
  );
  const dialog = element(
    'dialog',
    { class: 'bulk', 'aria-labelledby': 'bulk-title' },
    heading,
    told,
    bar,
    results,
    element('div', { class: 'row' }, begin, close),
  );
  dialog.addEventListener('close', () => {
    stop.abort();
    dialog.remove();
    if (total > 0) work.onDone();
  });
  document.body.append(dialog);
  dialog.showModal();

  async function run(): Promise<void> {
    begin.remove();
    close.textContent = 'Stop';
    bar.hidden = false;
    try {
      await tellEach(
        work.path,
        work.body,
        (line) => {
          take(line as Told);
        },
        stop.signal,
      );
    } catch (error) {
      told.textContent = error instanceof Error ? error.message : String(error);
    }
    close.textContent = 'Close';
    close.focus();
  }

  function take(line: Told): void {
    if (line.tells === 'start') {
      total = line.jobs;
      bar.max = Math.max(1, total);
      bar.value = 0;
    } else if (line.tells === 'job') {
      lines.push(line);
      bar.value = lines.length;
      told.textContent = `${lines.length} of ${total}`;
    } else {
      heading.textContent = `${work.verb}: ${line.done} of ${total} done`;
      told.textContent = wordsOf(line);
      bar.hidden = true;
      results.replaceChildren(resultsOf(lines));
    }
  }
}

function wordsOf(end: Extract<Told, { tells: 'end' }>): string {
  const parts = (['done', 'moved', 'gone', 'failed'] as const)
    .filter((outcome) => end[outcome] > 0)
    .map((outcome) => `${end[outcome]} ${outcomeWords[outcome]}`);
  return parts.length === 0 ? 'There was no such job left.' : `${parts.join(', ')}.`;
}

function resultsOf(lines: readonly JobLine[]): HTMLElement {
  const sorted = lines.toSorted(
    (a, b) => Number(a.outcome === 'done') - Number(b.outcome === 'done'),
  );
  const left = sorted.length - mostListed;
  return element(
    'details',
    sorted[0]?.outcome === 'done' ? {} : { open: true },
    element('summary', {}, 'The result of each job'),
    element(
      'ul',
      { class: 'results', tabindex: '0' },
      ...sorted
        .slice(0, mostListed)
        .map(({ queue, job, outcome, says }) =>
          element(
            'li',
            {},
            `${queue} ${job}: ${outcomeWords[outcome]}`,
            says && outcome !== 'done' ? ` (${says})` : '',
          ),
        ),
      left > 0 && element('li', {}, `and ${left} more`),
    ),
  );
}
