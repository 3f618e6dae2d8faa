import { ask, listen } from '../../pages/browser/api.ts';
import { content, element, say } from '../../pages/browser/dom.ts';
import type { FailureList, ListedGroup } from '../shapes.ts';
import { detailsOf, groupCard, refresh } from './group.ts';
import { readFilter, showFilter, type Filter } from './filter.ts';

const groups = element('div', { id: 'groups' });
const windowText = element('div');
const filterRow = element('div');
let list: FailureList | undefined;

/** Cards stay while their group does: what is unfolded stays so, and the focus with it. */
const cards = new Map<string, { figures: string; card: HTMLElement }>();

async function load(): Promise<void> {
  try {
    list = await ask<FailureList>('/ops/api/failures');
    say('');
    show(list);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

function show(shown: FailureList): void {
  const filter = readFilter();
  windowText.replaceChildren(...describeWindow(shown));
  filterRow.replaceChildren(
    showFilter(filter, shown.queues, () => {
      if (list) showGroups(list, readFilter());
    }),
  );
  showGroups(shown, filter);
}

function showGroups(shown: FailureList, filter: Filter): void {
  const fitting = shown.groups.filter((group) => fits(group, filter));
  if (filter.sort === 'last') fitting.sort((a, b) => b.lastAt - a.lastAt);
  const focused = document.activeElement;
  groups.replaceChildren(
    ...fitting.map((group) => cardOf(group, filter.group === group.id)),
    ...(fitting.length === 0 ? [element('p', {}, emptyText(shown))] : []),
    ...(shown.groupsLeftOut > 0
      ? [element('p', {}, `${shown.groupsLeftOut} smaller groups are not listed.`)]
      : []),
  );
  // A button is made anew with its card; its label tells which it was.
  const label = focused?.getAttribute('aria-label');
  const again = groups.contains(focused)
    ? focused
    : [...groups.querySelectorAll('button')].find(
        (one) => one.getAttribute('aria-label') === label,
      );
  if (label !== null && again instanceof HTMLElement && focused !== document.body) again.focus();
}

function cardOf(group: ListedGroup, open: boolean): HTMLElement {
  const figures = JSON.stringify(group);
  const known = cards.get(group.id);
  if (known?.figures === figures) return known.card;
  const more = known?.card.querySelector<HTMLDetailsElement>('details.more') ?? detailsOf(group.id);
  if (known) refresh(more, group.id);
  else if (open) more.open = true;
  const card = groupCard(group, list?.at ?? Date.now(), () => void load(), more);
  cards.set(group.id, { figures, card });
  return card;
}

function fits(group: ListedGroup, { text, queue, known, group: only }: Filter): boolean {
  if (only !== '' && group.id !== only) return false;
  if (queue !== '' && !group.queues.some(({ id }) => id === queue)) return false;
  if (known !== '' && (known === 'known') !== (group.known !== null)) return false;
  const words = [group.message, group.frame?.text, group.known?.bug, group.known?.title].join(' ');
  return words.toLowerCase().includes(text.toLowerCase());
}

function emptyText({ groups: all, failed }: FailureList): string {
  if (all.length > 0) return 'No group fits the filter.';
  return failed === 0 ? 'No job has failed.' : 'The failed jobs are gone from the broker.';
}

/** What was looked at, and what was not: nothing is said of the rest. */
function describeWindow(shown: FailureList): HTMLElement[] {
  const { lookedAt, failed, perQueue, queues, problems } = shown;
  const cut = queues.filter(({ since }) => since !== null);
  return [
    element(
      'p',
      { id: 'window' },
      `Looked at ${number(lookedAt)} of ${number(failed)} failed jobs: the newest ${number(perQueue)} of each queue.`,
    ),
    ...problems.map(({ queue, says }) =>
      element('p', { class: 'problem' }, `${queue} could not be read: ${says}`),
    ),
    ...(cut.length === 0
      ? []
      : [
          element(
            'details',
            {},
            element(
              'summary',
              {},
              `Older failures of ${cut.length} ${cut.length === 1 ? 'queue' : 'queues'} are not counted`,
            ),
            element(
              'ul',
              {},
              ...cut.map(({ title, lookedAt: looked, failed: all, since }) =>
                element(
                  'li',
                  {},
                  `${title}: ${number(looked)} of ${number(all)}, back to ${new Date(since ?? 0).toLocaleString()}`,
                ),
              ),
            ),
          ),
        ]),
  ];
}

function number(value: number): string {
  return value.toLocaleString('en');
}

content().append(windowText, filterRow, groups);
say('Looking at the failed jobs …');
let stamp: string | undefined;
void load().then(() => {
  stamp = list?.stamp;
  listen(
    '/ops/api/failures/events',
    (event) => {
      const told = (event as { stamp: string }).stamp;
      if (told !== stamp) void load();
      stamp = told;
    },
    (connected) => {
      say(connected ? '' : 'The connection is lost. What is shown may be old.');
    },
  );
});
