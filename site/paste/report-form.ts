import { element } from './element.ts';
import { issueAddress, reportText, type Report } from '../../catalog/report/report.ts';

const fields = [
  { name: 'message', label: 'The message', rows: 1 },
  { name: 'log', label: 'Log around it', rows: 10 },
  { name: 'versions', label: 'Versions of engine, runtime, broker and system', rows: 3 },
  { name: 'command', label: 'How the worker is started', rows: 1 },
] as const;

/**
 * The form with a report in it, to be read and changed before anything leaves this page.
 * @param repository where issues are opened; without it the report can be copied alone.
 */
export function reportForm(report: Report, repository: string | undefined): HTMLElement {
  const inputs = fields.map(({ name, label, rows }) => {
    const input = element('textarea', { name, rows: String(rows), spellcheck: 'false' });
    input.value = report[name];
    return { name, input, row: element('label', {}, element('span', {}, label), input) };
  });
  const written = (): Report => ({
    ...report,
    ...Object.fromEntries(inputs.map(({ name, input }) => [name, input.value])),
  });
  const copy = element('button', { type: 'button' }, 'Copy the report');
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(reportText(written())).then(
      () => (copy.textContent = 'Copied'),
      () => (copy.textContent = 'Not allowed: mark and copy it'),
    );
  });
  return element(
    'form',
    { class: 'report', 'aria-label': 'Report this failure' },
    element(
      'p',
      {},
      'Passwords, tokens, hosts, addresses and names of users were taken out by their form. ',
      element('b', {}, 'Read it before you send it: an issue is public.'),
    ),
    ...inputs.map(({ row }) => row),
    element(
      'p',
      { class: 'actions' },
      repository !== undefined && openIn(repository, written),
      copy,
    ),
  );
}

function openIn(repository: string, written: () => Report): HTMLElement {
  const open = element(
    'a',
    { class: 'send', target: '_blank', rel: 'noopener noreferrer' },
    'Open it as an issue on GitHub',
  );
  const aim = (): void => {
    open.href = issueAddress(repository, written());
  };
  aim();
  // What was changed in the form goes along.
  for (const event of ['pointerdown', 'focus', 'click']) open.addEventListener(event, aim);
  return open;
}
