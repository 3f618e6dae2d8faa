import { ask } from '../../pages/browser/api.ts';
import { openBulk } from '../../pages/browser/bulk.ts';
import { ago, content, element, may, say } from '../../pages/browser/dom.ts';
import type { FoundAnswer } from '../shapes.ts';
import { searchForm } from './form.ts';

const formPlace = element('div');
const results = element('div', { id: 'results' });
let asked: AbortController | undefined;

async function load(): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const query = location.search;
  say('Searching …');
  try {
    const found = await ask<FoundAnswer>(`/ops/api/search${query}`, { signal });
    say('');
    if (!formPlace.hasChildNodes()) showForm(found.choices);
    results.replaceChildren(...describe(found, query));
  } catch (error) {
    if (signal.aborted) return;
    if (!formPlace.hasChildNodes()) showForm([]);
    results.replaceChildren();
    say(error instanceof Error ? error.message : String(error));
  }
}

function showForm(choices: FoundAnswer['choices']): void {
  formPlace.replaceChildren(
    searchForm(new URLSearchParams(location.search), choices, (query) => {
      const search = query.toString();
      history.pushState(null, '', search === '' ? location.pathname : `?${search}`);
      void load();
    }),
  );
}

function describe(found: FoundAnswer, query: string): HTMLElement[] {
  const { matched, jobs, lookedAt, total, queues, look, tooLong, unreadable, stopped } = found;
  const notes = [
    stopped === 'time' && 'The time of a search was up before all was looked at.',
    stopped === 'matches' && 'So many match that the search ended before all was looked at.',
    tooLong > 0 && `The data of ${number(tooLong)} jobs is too long to be looked into.`,
    unreadable > 0 && `The data of ${number(unreadable)} jobs is no JSON.`,
  ].filter((note) => note !== false);
  return [
    element(
      'p',
      { id: 'found' },
      `${number(matched)} ${matched === 1 ? 'job matches' : 'jobs match'}. Looked at ${number(lookedAt)} of ${number(total)}: ` +
        `at most ${number(look)} of each queue in each state.`,
    ),
    ...notes.map((note) => element('p', { class: 'note' }, note)),
    ...(queues.length === 0 ? [] : [notWhole(queues)]),
    ...(may('operator') ? [actions(found, query)] : []),
    ...(jobs.length === 0 ? [] : [table(jobs)]),
    ...(matched > jobs.length ? [element('p', {}, `The newest ${jobs.length} are listed.`)] : []),
  ];
}

function notWhole(queues: FoundAnswer['queues']): HTMLElement {
  return element(
    'details',
    {},
    element(
      'summary',
      {},
      `${queues.length} ${queues.length === 1 ? 'queue was' : 'queues were'} not looked through whole`,
    ),
    element(
      'ul',
      {},
      ...queues.map(({ title, lookedAt, total, problem }) =>
        element(
          'li',
          {},
          problem === null
            ? `${title}: looked at ${number(lookedAt)} of ${number(total)}`
            : `${title} could not be read: ${problem}`,
        ),
      ),
    ),
  );
}

const warnings = {
  Retry: 'They go back to their queues.',
  Promote: 'They run as soon as a worker is free, not when they were meant to.',
  Remove: 'They are gone for good, with their data and the jobs of their flows below them.',
} as const;

function actions({ byState, matched, at }: FoundAnswer, query: string): HTMLElement {
  const counts = {
    Retry: byState.failed ?? 0,
    Promote: byState.delayed ?? 0,
    Remove: matched - (byState.active ?? 0),
  };
  const kinds = { Retry: 'failed ', Promote: 'delayed ', Remove: '' } as const;
  const verbs = ['Retry', 'Promote', 'Remove'] as const;
  return element(
    'div',
    { class: 'row actions' },
    ...verbs
      .filter((verb) => counts[verb] > 0)
      .map((verb) => {
        const count = counts[verb];
        const what = `${number(count)} ${kinds[verb]}${count === 1 ? 'job' : 'jobs'}`;
        return element(
          'button',
          {
            type: 'button',
            class: verb === 'Remove' ? 'danger' : undefined,
            onclick: () => {
              openBulk({
                verb,
                what,
                warning: warnings[verb],
                path: `/ops/api/search/${verb.toLowerCase()}`,
                body: { query: query.replace(/^\?/, ''), expected: count, before: at },
                onDone: () => void load(),
              });
            },
          },
          `${verb} ${what}`,
        );
      }),
  );
}

function table(jobs: FoundAnswer['jobs']): HTMLElement {
  const hasFields = jobs.some(({ fields }) => fields.length > 0);
  const headings = [
    'Job',
    'Queue',
    'State',
    'Added',
    'Finished',
    ...(hasFields ? ['Data'] : []),
    'Error',
  ];
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Jobs that match' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...headings.map((text) => element('th', {}, text)))),
      element(
        'tbody',
        {},
        ...jobs.map((job) =>
          element(
            'tr',
            {},
            element('td', {}, element('a', { href: pageOf(job) }, `${job.name} ${job.job}`)),
            element('td', {}, job.queueTitle),
            element('td', {}, element('span', { class: markOf(job.state) }, job.state)),
            element('td', {}, ago(job.addedAt)),
            element('td', {}, job.finishedAt === null ? '' : ago(job.finishedAt)),
            hasFields &&
              element(
                'td',
                {},
                job.fields.map(({ path, value }) => `${path}: ${value}`).join('; '),
              ),
            element('td', {}, job.failedReason),
          ),
        ),
      ),
    ),
  );
}

function pageOf({ queue, queueName, job, state }: FoundAnswer['jobs'][number]): string {
  return state === 'failed'
    ? `/ops/failures/job?${new URLSearchParams({ queue, job }).toString()}`
    : `/board/queue/${encodeURIComponent(queueName)}/${encodeURIComponent(job)}`;
}

function markOf(state: string): string {
  if (state === 'failed') return 'mark bad';
  return state === 'completed' ? 'mark good' : 'mark';
}

function number(value: number): string {
  return value.toLocaleString('en');
}

addEventListener('popstate', () => {
  formPlace.replaceChildren();
  void load();
});
content().append(formPlace, results);
void load();
