import type { DiagnosedBug } from '../../catalog/diagnose/diagnosis.ts';
import type { InFile } from '../../catalog/diagnose/together.ts';
import { compileTemplate } from '../../catalog/signature/template.ts';
import { element } from './element.ts';

const words = { sure: 'Sure', likely: 'Likely', perhaps: 'Perhaps' } as const;

type Found = InFile<DiagnosedBug>;

/** What is shown of one finding: the fix first, then the line of the log, and how sure it is and why. */
export function findingElement(match: Found): HTMLElement {
  return element(
    'article',
    { class: `finding ${match.level}`, 'data-bug': match.bug, 'data-level': match.level },
    ...(match.candidates ? candidatesOf(match, match.candidates) : named(match)),
  );
}

function named(match: Found): HTMLElement[] {
  return [
    heading(match, match.level),
    element('p', { class: 'fix' }, match.fix),
    codeElement(match.code),
    lineOf(match),
    whyOf(match),
    ...versionsOf(match),
  ];
}

function candidatesOf(
  match: Found,
  candidates: NonNullable<DiagnosedBug['candidates']>,
): HTMLElement[] {
  const title = candidates.length > 1 ? `One of these ${candidates.length}, perhaps` : 'Perhaps';
  return [
    element('h3', {}, levelOf('perhaps'), title),
    whyOf(match),
    lineOf(match),
    ...versionsOf(match),
    element(
      'ol',
      {},
      ...candidates.map((candidate) =>
        element(
          'li',
          { 'data-bug': candidate.bug },
          linkTo(candidate),
          element('p', {}, element('b', {}, 'If: '), candidate.check),
          element('p', {}, element('b', {}, 'Fix: '), candidate.fix),
        ),
      ),
    ),
  ];
}

function heading(match: Found, level: Found['level']): HTMLElement {
  return element('h3', {}, levelOf(level), linkTo(match));
}

function levelOf(level: Found['level']): HTMLElement {
  return element('span', { class: 'level' }, words[level]);
}

function linkTo({ bug, title, page }: Pick<Found, 'bug' | 'title' | 'page'>): HTMLElement {
  return element('a', { href: page }, element('span', { class: 'number' }, bug), ` ${title}`);
}

function whyOf({ level, because }: Found): HTMLElement {
  return element('p', { class: 'why' }, `${words[level]}: ${because}.`);
}

function versionsOf({ versions }: Found): HTMLElement[] {
  return versions.map(({ says, status }) =>
    element('p', { class: `version version-${status.replace(' ', '-')}` }, `Version: ${says}.`),
  );
}

/** The line of the log, the message in it marked. */
function lineOf({ file, line, text, signature }: Found): HTMLElement {
  const [span] = spansIn(text, signature);
  const marked = span
    ? [text.slice(0, span[0]), element('mark', {}, text.slice(...span)), text.slice(span[1])]
    : [text];
  return element(
    'p',
    { class: 'line' },
    element('span', { class: 'place' }, placeOf(file, line)),
    element('code', {}, ...marked),
  );
}

function spansIn(text: string, signature: string): [number, number][] {
  const found = compileTemplate(signature).find(text);
  return found ? [[found.start, found.end]] : [];
}

/** `line 17`, of several logs `worker.log, line 17`. */
export function placeOf(file: string | undefined, line: number): string {
  return file === undefined ? `line ${line}` : `${file}, line ${line}`;
}

function codeElement(code: string): HTMLElement {
  const copy = element('button', { type: 'button', class: 'copy' }, 'Copy');
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(code).then(
      () => (copy.textContent = 'Copied'),
      () => (copy.textContent = 'Not allowed: mark and copy it'),
    );
  });
  return element(
    'div',
    { class: 'code' },
    element('pre', { tabindex: '0', 'aria-label': 'Fix' }, element('code', {}, code.trimEnd())),
    copy,
  );
}
