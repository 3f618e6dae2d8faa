import { jsonPage } from '../export/published.ts';
import { settings } from '../settings.ts';
import type { TestedBug } from './bug.ts';
import { engineNames } from './words.ts';

/** An element of a page's head, as Starlight takes it. */
interface HeadElement {
  tag: 'meta' | 'link' | 'script';
  attrs?: Record<string, string>;
  content?: string;
}

/** Keeps a page out of search engines. */
export const notToBeFound: HeadElement[] = [
  { tag: 'meta', attrs: { name: 'robots', content: 'noindex' } },
];

/** By what the page of a bug is found and cited. What has to say a whole address comes with a known site. */
export function headOf(bug: TestedBug): HeadElement[] {
  const { site } = settings;
  const picture = `${site ?? ''}/og/${bug.slug}.png`;
  return [
    { tag: 'link', attrs: { rel: 'alternate', type: 'application/json', href: jsonPage(bug) } },
    {
      tag: 'script',
      attrs: { type: 'application/ld+json' },
      // Of a text that ends a script, nothing does.
      content: JSON.stringify(articleOf(bug, site)).replaceAll('<', String.raw`\u003c`),
    },
    ...(site === undefined
      ? []
      : ([
          { tag: 'meta', attrs: { property: 'og:image', content: picture } },
          { tag: 'meta', attrs: { property: 'og:image:width', content: '1200' } },
          { tag: 'meta', attrs: { property: 'og:image:height', content: '630' } },
          { tag: 'meta', attrs: { property: 'og:image:alt', content: bug.title } },
        ] satisfies HeadElement[])),
  ];
}

/** https://schema.org/TechArticle */
function articleOf(bug: TestedBug, site: string | undefined): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'TechArticle',
    headline: bug.title,
    description: bug.description,
    identifier: bug.id,
    about: { '@type': 'SoftwareApplication', name: engineNames[bug.engine] },
    datePublished: bug.reported,
    dateModified: (bug.tested ?? bug.resolved ?? bug.reported).slice(0, 'YYYY-MM-DD'.length),
    keywords: [engineNames[bug.engine], ...bug.signatures.map(({ template }) => template)],
    ...(site !== undefined && { url: site + bug.page, image: `${site}/og/${bug.slug}.png` }),
  };
}

/** Where a file of the repository is changed; nothing where the repository is not known. */
export function editAddress(file: string): string | false {
  const { repository, branch } = settings;
  return repository === undefined ? false : `${repository}/edit/${branch}/${file}`;
}
