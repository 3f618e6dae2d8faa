import { ask } from '../../pages/browser/api.ts';
import { openBulk } from '../../pages/browser/bulk.ts';
import { ago, element, may } from '../../pages/browser/dom.ts';
import { sparkline } from '../../pages/browser/sparkline.ts';
import type { GroupDetail, ListedGroup, Sample } from '../shapes.ts';
import { failureDetail, knownLine } from './known.ts';

const trendWords = {
  new: 'none before',
  more: 'more than the hour before',
  fewer: 'fewer than the hour before',
  'as many': 'as in the hour before',
  unknown: 'the hour before was not looked at whole',
} as const;

/**
 * One group of failures.
 * @param at when it was looked at: newer failures are none of this card's.
 * @param more the details of an older card of the group, which stay as they are folded.
 */
export function groupCard(
  group: ListedGroup,
  at: number,
  onDone: () => void,
  more = detailsOf(group.id),
): HTMLElement {
  const { id, message, frame, count, firstAt, lastAt, queues, trend, known } = group;
  const trendText = `${trend.lastHour} in the last hour, ${trendWords[trend.is]}`;
  return element(
    'article',
    { class: 'card group', 'data-group': id },
    element(
      'div',
      { class: 'row head' },
      element('span', { class: 'count' }, count.toLocaleString('en')),
      element('h2', {}, element('code', {}, message)),
    ),
    frame &&
      element(
        'p',
        { class: 'frame' },
        frame.own ? 'in ' : 'in a library: ',
        element('code', {}, frame.text),
      ),
    knownLine(known),
    element(
      'div',
      { class: 'row figures' },
      element('span', {}, `last ${ago(lastAt)}`),
      element('span', {}, `first ${ago(firstAt)}`),
      element('span', {}, queues.map((queue) => `${queue.title} (${queue.count})`).join(', ')),
      element(
        'span',
        { class: 'trend' },
        sparkline(trend.hourly, `Failures in each of the last 24 hours`),
        ` ${trendText}`,
      ),
    ),
    more,
    element(
      'div',
      { class: 'row actions' },
      may('operator') && bulkButton('Retry', group, at, onDone),
      may('operator') && bulkButton('Remove', group, at, onDone),
      element('a', { href: `?group=${encodeURIComponent(id)}` }, 'Link to this group'),
    ),
  );
}

function bulkButton(
  verb: 'Retry' | 'Remove',
  { id, count, message }: ListedGroup,
  at: number,
  onDone: () => void,
): HTMLElement {
  const warnings = {
    Retry:
      'They go back to their queues. Jobs that failed after this page looked stay as they are.',
    Remove: 'They are gone for good, with their data and the jobs of their flows below them.',
  } as const;
  return element(
    'button',
    {
      type: 'button',
      class: verb === 'Remove' ? 'danger' : undefined,
      'aria-label': `${verb} all: ${message}`,
      onclick: () => {
        openBulk({
          verb,
          what: `${count} failed ${count === 1 ? 'job' : 'jobs'}`,
          warning: warnings[verb],
          path: `/ops/api/failures/groups/${encodeURIComponent(id)}/${verb.toLowerCase()}`,
          body: { before: at },
          onDone,
        });
      },
    },
    `${verb} all`,
  );
}

/** What is asked for when it is unfolded. */
export function detailsOf(id: string): HTMLDetailsElement {
  const more = element(
    'details',
    { class: 'more' },
    element('summary', {}, 'Details: fix, verdict, samples'),
    element('div', {}),
  );
  more.addEventListener('toggle', () => {
    const place = more.lastElementChild;
    if (!more.open || place === null || place.hasChildNodes()) return;
    place.textContent = 'Loading …';
    void fill(place, id);
  });
  return more;
}

/** Asks again for what is unfolded, unless somebody is writing a report in it. */
export function refresh(more: HTMLDetailsElement, id: string): void {
  const place = more.lastElementChild;
  const isWriting = more.querySelector('details.report[open]') !== null;
  if (place?.hasChildNodes() === true && !isWriting) void fill(place, id);
}

async function fill(place: Element, id: string): Promise<void> {
  try {
    const detail = await ask<GroupDetail>(`/ops/api/failures/groups/${encodeURIComponent(id)}`);
    place.replaceChildren(
      failureDetail(detail.failure, detail.message),
      element('h3', {}, `The newest ${detail.samples.length} of ${detail.count}`),
      samplesTable(detail.samples, detail.message),
    );
  } catch (error) {
    place.textContent = error instanceof Error ? error.message : String(error);
  }
}

function samplesTable(samples: readonly Sample[], message: string): HTMLElement {
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Samples of ${message}` },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Job', 'Queue', 'Failed', 'Tries', 'Worker', 'Message'].map((name) =>
            element('th', name === 'Tries' ? { class: 'number' } : {}, name),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...samples.map((one) =>
          element(
            'tr',
            {},
            element('td', {}, element('a', { href: jobPage(one) }, `${one.name} ${one.job}`)),
            element('td', {}, one.queueTitle),
            element('td', {}, ago(one.failedAt)),
            element('td', { class: 'number' }, one.attempts),
            element('td', {}, one.worker ?? 'unknown'),
            element('td', {}, one.message),
          ),
        ),
      ),
    ),
  );
}

function jobPage({ queue, job }: Sample): string {
  return `/ops/failures/job?${new URLSearchParams({ queue, job }).toString()}`;
}
