import type { Diagnoses } from '../../catalog/diagnose/together.ts';
import { element } from './element.ts';
import { findingElement, placeOf } from './findings.ts';
import type { Answer } from './messages.ts';

type Diagnosed = Extract<Answer, { tells: 'diagnoses' }>;
type UnknownError = Diagnoses['unmatchedErrors'][number];

const numbers = new Intl.NumberFormat('en');

/**
 * Everything that logs show: findings, errors that nothing explains, and logs that could not be read.
 * @param report makes the form in which an error is reported.
 */
export function resultsElement(
  { diagnoses, milliseconds, problems }: Diagnosed,
  report: (error: UnknownError) => Promise<HTMLElement>,
): HTMLElement {
  const { matches, unmatchedErrors, linesRead } = diagnoses;
  const read = `${numbers.format(linesRead)} line${linesRead === 1 ? '' : 's'} read in ${seconds(milliseconds)}`;
  return element(
    'div',
    { class: 'found' },
    element('h2', { tabindex: '-1' }, summaryOf(diagnoses)),
    element('p', { class: 'quiet' }, `${read}, in your browser.`),
    ...problems.map((problem) => element('p', { class: 'problem' }, problem)),
    ...matches.map(findingElement),
    (unmatchedErrors.length > 0 || matches.length === 0) && unexplained(diagnoses, report),
  );
}

function summaryOf({ matches, unmatchedErrors }: Diagnoses): string {
  const named = matches.filter(({ level }) => level !== 'perhaps').length;
  if (named > 0) return named === 1 ? 'A known bug' : `${named} known bugs`;
  if (matches.length > 0) return 'Perhaps a known bug';
  return unmatchedErrors.length > 0 ? 'No known bug, but errors' : 'No known bug';
}

function unexplained(
  { unmatchedErrors, linesRead }: Diagnoses,
  report: (error: UnknownError) => Promise<HTMLElement>,
): HTMLElement {
  const place = element('div', {});
  const open = async (error: UnknownError): Promise<void> => {
    place.replaceChildren(await report(error));
    place.querySelector<HTMLElement>('textarea')?.focus();
  };
  const button = (error: UnknownError): HTMLElement => {
    const made = element('button', { type: 'button', class: 'report-it' }, 'Report this failure');
    made.addEventListener('click', () => void open(error));
    return made;
  };
  if (unmatchedErrors.length === 0) {
    return element(
      'section',
      { class: 'unexplained' },
      element('p', {}, 'No line of it looks like an error. If your worker failed all the same:'),
      button({ line: linesRead, text: '' }),
      place,
    );
  }
  return element(
    'section',
    { class: 'unexplained' },
    element('h3', {}, 'Errors that no write-up explains'),
    element(
      'ul',
      {},
      ...unmatchedErrors.map((error) =>
        element(
          'li',
          { 'data-line': String(error.line) },
          element('span', { class: 'place' }, placeOf(error.file, error.line)),
          element('code', {}, error.text),
          button(error),
        ),
      ),
    ),
    place,
  );
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1_000).toFixed(1)} s`;
}
