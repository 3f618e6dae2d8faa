import { element } from '../../pages/browser/dom.ts';
import type { FoundAnswer } from '../shapes.ts';

const states = [
  'failed',
  'active',
  'waiting',
  'delayed',
  'prioritized',
  'waiting-children',
  'completed',
] as const;

/** The form of the search. Its fields are the parts of the address. */
export function searchForm(
  query: URLSearchParams,
  queues: FoundAnswer['choices'],
  onSearch: (query: URLSearchParams) => void,
): HTMLFormElement {
  const text = (name: string, label: string, placeholder: string) => {
    const input = element('input', { name, placeholder, autocomplete: 'off', spellcheck: 'false' });
    input.value = query.get(name) ?? '';
    return labelled(label, input);
  };
  const choose = (name: string, label: string, choices: readonly (readonly [string, string])[]) => {
    const select = element(
      'select',
      { name },
      ...choices.map(([value, words]) => element('option', { value }, words)),
    );
    select.value = query.get(name) ?? '';
    return labelled(label, select);
  };
  const conditions = element('div', { class: 'conditions' });
  const addCondition = (value: string) => {
    const input = element('input', {
      name: 'where',
      placeholder: 'user.id = 42',
      'aria-label': 'Field of the data',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.value = value;
    conditions.append(input);
    return input;
  };
  for (const value of [...query.getAll('where'), ...(query.has('where') ? [] : [''])]) {
    addCondition(value);
  }
  const form = element(
    'form',
    { role: 'search', class: 'search' },
    text('id', 'Id', '42, 43'),
    text('name', 'Name', 'send-*'),
    choose('queue', 'Queue', [
      ['', 'All queues'],
      ...queues.map(({ id, title }) => [id, title] as const),
    ]),
    choose('state', 'State', [['', 'All states'], ...states.map((one) => [one, one] as const)]),
    choose('at', 'Time', [
      ['', 'Added'],
      ['finished', 'Finished'],
    ]),
    text('since', 'Since', '2h or 2026-11-25T18:00:00Z'),
    text('until', 'Until', '15m'),
    text('look', 'Look at', '1000'),
    element(
      'fieldset',
      {},
      element('legend', {}, 'Fields of the data: path, then =, !=, <, <=, >, >=, ~ or exists'),
      conditions,
      element(
        'button',
        {
          type: 'button',
          onclick: () => {
            addCondition('').focus();
          },
        },
        'Add a field',
      ),
    ),
    element('button', { type: 'submit' }, 'Search'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const filled = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && value.trim() !== '') filled.append(name, value.trim());
    }
    onSearch(filled);
  });
  return form;
}

function labelled(label: string, field: HTMLElement): HTMLLabelElement {
  return element('label', {}, element('span', {}, label), field);
}
