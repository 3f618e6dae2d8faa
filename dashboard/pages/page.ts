import type { Request, Response } from 'express';
import { encode } from 'html-entities';
import { includes, type Person } from '../access/person.ts';
import type { NavigationEntry } from '../feature.ts';

/** What an operations page consists of, beside what its script shows. */
export interface Page {
  readonly title: string;
  /** One sentence below the title: what is seen here. */
  readonly lead: string;
  /** The program that fills the page: its address below /ops/static/, such as `failures/browser/page.ts`. */
  readonly script?: string;
  /** What a page without a program shows: HTML, in which whatever came from elsewhere is encoded. */
  readonly content?: string;
  /** A style sheet of its own, as the script is named: `failures/browser/page.css`. Default: none. */
  readonly style?: string;
}

/** The entries that stand before those of the features. */
const fixed: readonly NavigationEntry[] = [
  { text: 'Known bugs', path: '/' },
  { text: 'Board', path: '/board/' },
];

/**
 * Renders pages in the one frame that all of them have: header, navigation, title. Pages hold no
 * inline script; their program fetches what they show and writes it as text.
 */
export class Pages {
  readonly #navigation: NavigationEntry[] = [...fixed];

  /** Adds entries to the navigation of every page rendered from now on. */
  addToNavigation(entries: readonly NavigationEntry[]): void {
    this.#navigation.push(...entries);
  }

  /** The navigation that somebody is shown. */
  navigationOf(person: Person): NavigationEntry[] {
    const shown = this.#navigation.filter(({ role }) => includes(person.role, role ?? 'viewer'));
    if (person.hasSession) shown.push({ text: `Log out ${person.name}`, path: '/logout' });
    return shown;
  }

  /** Answers with a page. @param person nobody, for the login: then there is no navigation. */
  send(request: Request, response: Response, person: Person | undefined, page: Page): void {
    const entries = (person ? this.navigationOf(person) : []).map(({ text, path }) => {
      const current = request.path === path ? ' aria-current="page"' : '';
      return `<a href="${encode(path)}"${current}>${encode(text)}</a>`;
    });
    response
      .type('html')
      .set('Cache-Control', 'no-store')
      .send(
        [
          '<!doctype html>',
          '<html lang="en"><head><meta charset="utf-8">',
          '<meta name="viewport" content="width=device-width, initial-scale=1">',
          '<meta name="robots" content="noindex">',
          `<title>${encode(page.title)} · poolproof</title>`,
          '<link rel="icon" type="image/svg+xml" href="/ops/static/pages/browser/favicon.svg">',
          '<script src="/ops/static/pages/browser/theme.ts"></script>',
          '<link rel="stylesheet" href="/ops/static/pages/browser/colours.css">',
          '<link rel="stylesheet" href="/ops/static/pages/browser/page.css">',
          ...(page.style === undefined
            ? []
            : [`<link rel="stylesheet" href="/ops/static/${encode(page.style)}">`]),
          ...(page.script === undefined
            ? []
            : [`<script type="module" src="/ops/static/${encode(page.script)}"></script>`]),
          ...(person
            ? ['<script type="module" src="/ops/static/pages/browser/health.ts"></script>']
            : []),
          '</head><body>',
          '<a class="skip" href="#main">Skip to content</a>',
          '<header><a class="brand" href="/"><img src="/ops/static/pages/browser/favicon.svg" alt="" width="28" height="28">poolproof</a>',
          `<nav aria-label="Main">${entries.join('')}</nav>`,
          `<button type="button" id="theme" aria-label="Switch between light and dark">◐</button></header>`,
          `<main id="main" data-role="${person?.role ?? ''}"><h1>${encode(page.title)}</h1>`,
          `<p class="lead">${encode(page.lead)}</p>`,
          ...(person ? ['<p id="health" class="banner" role="status" hidden></p>'] : []),
          `<p id="status" role="status"></p><div id="content">${page.content ?? ''}</div>`,
          ...(page.script === undefined
            ? []
            : [
                '<noscript>This page shows what its program fetches: it needs JavaScript.</noscript>',
              ]),
          '</main></body></html>',
        ].join('\n'),
      );
  }
}
