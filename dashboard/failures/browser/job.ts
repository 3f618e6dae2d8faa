import { ask } from '../../pages/browser/api.ts';
import { openBulk } from '../../pages/browser/bulk.ts';
import { ago, content, element, may, say } from '../../pages/browser/dom.ts';
import type { JobDetail } from '../shapes.ts';
import { failureDetail } from './known.ts';

const query = new URLSearchParams(location.search);
const queue = query.get('queue') ?? '';
const job = query.get('job') ?? '';
const address = `/ops/api/queues/${encodeURIComponent(queue)}/failures/${encodeURIComponent(job)}`;

async function load(): Promise<void> {
  try {
    show(await ask<JobDetail>(address));
    say('');
  } catch (error) {
    content().replaceChildren(element('a', { href: '/ops/failures' }, 'All failures'));
    say(error instanceof Error ? error.message : String(error));
  }
}

function show(detail: JobDetail): void {
  const { name, queueTitle, failedAt, attempts, worker, message, failure } = detail;
  const facts = [
    `queue ${queueTitle}`,
    `failed ${ago(failedAt)}`,
    `${attempts} ${attempts === 1 ? 'try' : 'tries'}`,
    worker === null ? 'worker unknown' : `worker ${worker}`,
  ];
  content().replaceChildren(
    element('h2', {}, `${name} ${detail.job}`),
    element('div', { class: 'row figures' }, ...facts.map((fact) => element('span', {}, fact))),
    element('pre', { tabindex: '0', 'aria-label': 'The error' }, message),
    failureDetail(failure, `job ${detail.job}`),
    element(
      'div',
      { class: 'row actions' },
      may('operator') && button('Retry', 'It goes back to its queue.'),
      may('operator') &&
        button('Remove', 'It is gone for good, with its data and the jobs of its flow below it.'),
      element('a', { href: '/ops/failures' }, 'All failures'),
    ),
  );
}

function button(verb: 'Retry' | 'Remove', warning: string): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: verb === 'Remove' ? 'danger' : undefined,
      onclick: () => {
        openBulk({
          verb,
          what: `job ${job}`,
          warning,
          path: `${address}/${verb.toLowerCase()}`,
          body: {},
          onDone: () => void load(),
        });
      },
    },
    `${verb} this job`,
  );
}

say('Loading …');
void load();
