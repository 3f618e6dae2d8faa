import { element } from '../../pages/browser/dom.ts';
import type { FailureDetail, ListedGroup, ShownBug } from '../shapes.ts';
import { reportForm } from './report.ts';

type Level = ShownBug['level'];
const words = { sure: 'Sure', likely: 'Likely', perhaps: 'Perhaps' } as const;
const marks = { sure: 'bad', likely: 'bad', perhaps: 'warn' } as const;

/** The bug of a group, in one line, with its fix. */
export function knownLine(known: ListedGroup['known']): HTMLElement {
  if (known === null) {
    return element('p', { class: 'known' }, element('span', { class: 'mark' }, 'Not a known bug'));
  }
  const several = (known.candidates?.length ?? 0) > 1;
  return element(
    'p',
    { class: 'known' },
    levelMark(known.level),
    ' ',
    several
      ? `one of ${(known.candidates ?? []).map(({ bug }) => bug).join(', ')}: see the details`
      : link(known),
    several ? '' : ` ${known.fix}`,
  );
}

/** What is known of one failure: bugs with their fixes and verdicts, or the form to report it. */
export function failureDetail(detail: FailureDetail, about: string): HTMLElement {
  const { bugs, report, repository, stack } = detail;
  return element(
    'div',
    {},
    ...bugs.map((bug) => bugCard(bug, detail)),
    report && element('p', {}, 'No write-up knows this failure.'),
    report && reportForm(report, repository),
    stack !== '' &&
      element(
        'details',
        {},
        element('summary', {}, 'Stack of the last try'),
        element('pre', { tabindex: '0', 'aria-label': `Stack of ${about}` }, stack),
      ),
  );
}

function bugCard(bug: ShownBug, { verdicts }: FailureDetail): HTMLElement {
  const { level, because, candidates = [], versions } = bug;
  const verdictOf = (id: string) => {
    const verdict = verdicts.find((one) => one.bug === id);
    return (
      verdict &&
      element('p', { class: 'verdict' }, element('b', {}, 'Verdict: '), `${verdict.words}.`)
    );
  };
  const why = element('p', {}, `${words[level]}: ${because}.`);
  const versionLines = versions.map(({ says }) => element('p', {}, `Version: ${says}.`));
  if (candidates.length > 0) {
    return element(
      'article',
      { class: 'bug', 'data-bug': bug.bug },
      element(
        'h3',
        {},
        levelMark(level),
        candidates.length > 1 ? ' One of these' : ' Perhaps this',
      ),
      why,
      ...versionLines,
      element(
        'ol',
        {},
        ...candidates.map((candidate) =>
          element(
            'li',
            { 'data-bug': candidate.bug },
            link(candidate),
            element('p', {}, element('b', {}, 'If: '), candidate.check),
            element('p', {}, element('b', {}, 'Fix: '), candidate.fix),
            verdictOf(candidate.bug),
          ),
        ),
      ),
    );
  }
  return element(
    'article',
    { class: 'bug', 'data-bug': bug.bug },
    element('h3', {}, levelMark(level), ' ', link(bug)),
    element('p', {}, element('b', {}, 'Fix: '), bug.fix),
    element('pre', { tabindex: '0', 'aria-label': `Fix of ${bug.bug}` }, bug.code.trimEnd()),
    verdictOf(bug.bug),
    why,
    ...versionLines,
  );
}

function levelMark(level: Level): HTMLElement {
  return element('span', { class: `mark ${marks[level]}` }, words[level]);
}

function link({ bug, title, page }: { bug: string; title: string; page: string }): HTMLElement {
  return element('a', { href: page }, `${bug} ${title}`);
}
