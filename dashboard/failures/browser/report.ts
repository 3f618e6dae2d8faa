import { issueAddress, reportText, type Report } from '../../../catalog/report/report.ts';
import { element } from '../../pages/browser/dom.ts';

const fields = [
  { name: 'message', label: 'The message', rows: 2 },
  { name: 'log', label: 'Stack and message', rows: 8 },
  { name: 'versions', label: 'Versions of engine, runtime, broker and system', rows: 2 },
  { name: 'command', label: 'How the worker is started', rows: 1 },
] as const;

/** The filled in form, folded up: to be read and changed before anything leaves this page. */
export function reportForm(report: Report, repository: string | null): HTMLElement {
  const inputs = fields.map(({ name, label, rows }) => {
    const input = element('textarea', { name, rows, spellcheck: 'false' });
    input.value = report[name];
    return { name, input, row: element('label', {}, element('span', {}, label), input) };
  });
  const written = (): Report => ({
    ...report,
    ...Object.fromEntries(inputs.map(({ name, input }) => [name, input.value])),
  });
  const copy = element(
    'button',
    {
      type: 'button',
      onclick: () => {
        navigator.clipboard.writeText(reportText(written())).then(
          () => (copy.textContent = 'Copied'),
          () => (copy.textContent = 'Not allowed: mark and copy it'),
        );
      },
    },
    'Copy the report',
  );
  return element(
    'details',
    { class: 'report' },
    element('summary', {}, 'Report this failure'),
    element(
      'form',
      { 'aria-label': 'Report this failure' },
      element(
        'p',
        {},
        'Passwords, tokens, hosts, addresses and names of users were taken out by their form. ',
        element('b', {}, 'Read it before you send it: an issue is public.'),
      ),
      ...inputs.map(({ row }) => row),
      element('div', { class: 'row' }, repository !== null && openIn(repository, written), copy),
    ),
  );
}

function openIn(repository: string, written: () => Report): HTMLElement {
  const open = element(
    'a',
    { class: 'button', target: '_blank', rel: 'noopener noreferrer', href: repository },
    'Open it as an issue on GitHub',
  );
  const aim = () => {
    open.href = issueAddress(repository, written());
  };
  aim();
  // What was changed in the form goes along.
  for (const event of ['pointerdown', 'focus', 'click']) open.addEventListener(event, aim);
  return open;
}
