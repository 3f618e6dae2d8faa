import type { ShownDetectors, ShownStanding } from '../alerts.ts';
import { ask, listen, Refused } from '../../pages/browser/api.ts';
import { ago, content, element, may, say } from '../../pages/browser/dom.ts';

type Alert = ShownStanding['firing'][number];

const now = element('section', { 'aria-live': 'polite' });
const before = element('section');
const rules = element('section');
content().append(now, before, rules);

function show({ firing, pending, recent, measuredAt, says, undelivered }: ShownStanding): void {
  now.replaceChildren(
    says === '' ? '' : element('p', { class: 'mark bad' }, `Nothing can be measured: ${says}`),
    ...undelivered
      .slice(0, 3)
      .map((one) => element('p', { class: 'mark warn' }, `${ago(one.at)}: ${one.says}`)),
    element('h2', {}, firing.length === 0 ? 'Nothing is wrong' : `Firing (${firing.length})`),
    firing.length === 0 && measuredAt === 0 ? element('p', {}, 'Not measured yet.') : '',
    ...firing.map(card),
    ...(pending.length === 0 ? [] : [pendingList(pending)]),
  );
  before.replaceChildren(
    element('h2', {}, 'Resolved lately'),
    recent.length === 0 ? element('p', {}, 'Nothing.') : table(recent),
  );
}

function card(alert: Alert): HTMLElement {
  const { title, name, says, firedAt, bugs } = alert;
  return element(
    'article',
    { class: 'card' },
    element(
      'div',
      { class: 'row' },
      element('span', { class: 'mark bad' }, 'firing'),
      element('strong', {}, title),
      element('span', {}, name),
      element('span', {}, `since ${new Date(firedAt).toLocaleTimeString()} (${ago(firedAt)})`),
    ),
    element('p', {}, `${says}.`),
    bugs.length > 0 &&
      element('p', {}, 'Documented bugs that show themselves so; other failures do, too:'),
    bugs.length === 0
      ? element('p', {}, 'No documented bug shows itself by this alone.')
      : element(
          'ul',
          {},
          ...bugs.map(({ bug, title: of, page, fix, allSeen }) =>
            element(
              'li',
              {},
              element('a', { href: page }, `${bug} ${of}`),
              allSeen ? ' ' : '',
              allSeen && element('span', { class: 'mark warn' }, 'its other signs are seen, too'),
              `: ${fix}`,
            ),
          ),
        ),
  );
}

function pendingList(pending: ShownStanding['pending']): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, `Pending: ${pending.length} seen, not yet for long enough`),
    element(
      'ul',
      {},
      ...pending.map(({ since, says }) => element('li', {}, `${says}, ${ago(since)}`)),
    ),
  );
}

function table(recent: readonly Alert[]): HTMLElement {
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Resolved lately' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Alert', 'Of', 'Fired', 'Lasted', 'Bugs'].map((text) => element('th', {}, text)),
        ),
      ),
      element(
        'tbody',
        {},
        ...recent.map(({ title, name, firedAt, resolvedAt = firedAt, bugs }) =>
          element(
            'tr',
            {},
            element('td', {}, title),
            element('td', {}, name),
            element('td', {}, new Date(firedAt).toLocaleString()),
            element('td', {}, `${Math.round((resolvedAt - firedAt) / 1000)} s`),
            element(
              'td',
              {},
              ...bugs.flatMap(({ bug, title: of, page }) => [
                element('a', { href: page, title: of }, bug),
                ' ',
              ]),
            ),
          ),
        ),
      ),
    ),
  );
}

function showRules({ detectors, webhooks }: ShownDetectors): void {
  rules.replaceChildren(
    element('h2', {}, 'Who is told'),
    webhooks.length === 0
      ? element(
          'p',
          {},
          'Nobody. Name webhooks in a file: poolproof dashboard --alerts alerts.yaml',
        )
      : element(
          'ul',
          {},
          ...webhooks.map(({ name, kind }) =>
            element('li', {}, `${name} (${kind}) `, may('admin') && testButton(name)),
          ),
        ),
    element('h2', {}, 'What is looked for'),
    ...detectors.map(({ title, measures, unit, thresholds, bugs }) =>
      element(
        'details',
        {},
        element('summary', {}, title),
        element('p', {}, measures),
        element(
          'p',
          {},
          `On from ${thresholds.on} ${unit} for ${thresholds.onForSeconds} s, off below ${thresholds.off} ${unit} for ${thresholds.offForSeconds} s; not again within ${thresholds.cooldownSeconds} s.`,
        ),
        element(
          'ul',
          {},
          ...bugs.map(({ bug, title: of, page }) =>
            element('li', {}, element('a', { href: page }, `${bug} ${of}`)),
          ),
        ),
      ),
    ),
  );
}

function testButton(name: string): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      'aria-label': `Send a test alert to ${name}`,
      onclick: () => void test(name),
    },
    'Test',
  );
}

async function test(name: string): Promise<void> {
  say(`Sending a test alert to ${name} …`);
  try {
    await ask(`/ops/api/alerts/webhooks/${encodeURIComponent(name)}/test`, { method: 'POST' });
    say(`${name} took the test alert.`);
  } catch (error) {
    say(error instanceof Refused ? error.message : 'The dashboard does not answer.');
  }
}

ask<ShownDetectors>('/ops/api/alerts/detectors').then(showRules, () => {
  say('The detectors cannot be read. Load this page again.');
});
listen(
  '/ops/api/alerts/events',
  (event) => {
    show(event as ShownStanding);
  },
  (connected) => {
    say(connected ? '' : 'The connection is lost. What is shown is old; it comes back by itself.');
  },
);
