import { element } from '../../pages/browser/dom.ts';
import type { FailureList } from '../shapes.ts';

/** Which groups are shown. It lives in the address, so that it can be sent to somebody. */
export interface Filter {
  readonly text: string;
  readonly queue: string;
  readonly known: string;
  readonly sort: string;
  /** One group alone. */
  readonly group: string;
}

export function readFilter(): Filter {
  const query = new URLSearchParams(location.search);
  const of = (name: string) => query.get(name) ?? '';
  return {
    text: of('text'),
    queue: of('queue'),
    known: of('known'),
    sort: of('sort'),
    group: of('group'),
  };
}

/** The controls of the filter. */
export function showFilter(
  filter: Filter,
  queues: FailureList['queues'],
  onChange: () => void,
): HTMLElement {
  const change = (name: keyof Filter, value: string) => {
    const query = new URLSearchParams(location.search);
    if (value === '') query.delete(name);
    else query.set(name, value);
    const search = query.toString();
    history.replaceState(null, '', search === '' ? location.pathname : `?${search}`);
    onChange();
  };
  const text = element('input', {
    type: 'search',
    'aria-label': 'Text of the message',
    placeholder: 'Text of the message',
    oninput: () => {
      change('text', text.value);
    },
  });
  text.value = filter.text;
  const choose = (name: keyof Filter, label: string, choices: readonly [string, string][]) => {
    const select = element(
      'select',
      {
        'aria-label': label,
        onchange: () => {
          change(name, select.value);
        },
      },
      ...choices.map(([value, words]) => element('option', { value }, words)),
    );
    select.value = filter[name];
    return select;
  };
  const ids = queues.map(({ id, title }): [string, string] => [id, title]);
  return element(
    'div',
    { class: 'row', role: 'search' },
    text,
    choose('queue', 'Queue', [['', 'All queues'], ...ids]),
    choose('known', 'Known bugs', [
      ['', 'Known and unknown'],
      ['known', 'Known bugs'],
      ['unknown', 'Not known'],
    ]),
    choose('sort', 'Order', [
      ['', 'Most jobs first'],
      ['last', 'Last seen first'],
    ]),
    filter.group !== '' && element('a', { href: location.pathname }, 'Show all groups'),
  );
}
