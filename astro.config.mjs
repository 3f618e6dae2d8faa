import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { aliases } from './site/build/aliases.ts';
import { sitemapOfPages } from './site/build/sitemap.ts';
import { readTriedRepros } from './catalog/evidence/repros.ts';
import { settings } from './site/settings.ts';

// Building the documentation asks nothing of the network, and tells it nothing.
process.env.ASTRO_TELEMETRY_DISABLED = '1';

/** Writes the zip that the page of a bug links to where its repro was tried. Here, because the site imports nothing of the harness. */
function repros() {
  return {
    name: 'poolproof-repros',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        if (Object.keys(readTriedRepros(process.cwd())).length === 0) return;
        const { writeZips } = await import('./harness/repro/write-repro.ts');
        const written = await writeZips(fileURLToPath(new URL('bugs/', dir)));
        logger.info(`${written} repros`);
      },
    },
  };
}

export default defineConfig({
  // Without the address where it will stand, a page cannot name its own: no canonical, no sitemap.
  ...(settings.site && { site: settings.site }),
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist',
  trailingSlash: 'ignore',
  // The default, 'jsx', drops the white space between inline elements, and with it words of error messages run together.
  compressHTML: true,
  devToolbar: { enabled: false },
  // A policy that allows files of this address alone has no place for fonts and scripts written into pages.
  vite: { build: { assetsInlineLimit: 0 } },
  integrations: [
    starlight({
      title: 'poolproof',
      description:
        'Worker-pool failures of Celery and BullMQ, with every testable sentence tested.',
      favicon: '/favicon.svg',
      disable404Route: true,
      pagination: false,
      ...(settings.repository && {
        editLink: { baseUrl: `${settings.repository}/edit/${settings.branch}/` },
      }),
      head: [
        {
          tag: 'link',
          attrs: { rel: 'alternate', type: 'application/atom+xml', href: '/feed.xml' },
        },
      ],
      routeMiddleware: './site/route-data.ts',
      customCss: [
        '@fontsource/bricolage-grotesque/latin-600.css',
        '@fontsource-variable/instrument-sans/wght.css',
        './site/styles/colours.css',
        './site/styles/tones.css',
        './site/styles/type.css',
        './site/styles/frame.css',
      ],
      components: {
        SiteTitle: './site/overrides/SiteTitle.astro',
        SocialIcons: './site/overrides/SiteLinks.astro',
        PageTitle: './site/overrides/PageTitle.astro',
        Search: './site/overrides/Search.astro',
        Sidebar: './site/overrides/Sidebar.astro',
        Footer: './site/overrides/Footer.astro',
      },
      expressiveCode: {
        // A bar with three dots says nothing about a command.
        defaultProps: { overridesByLang: { 'sh,bash,bat,powershell': { frame: 'none' } } },
        themes: ['github-dark-default', 'github-light-default'],
        styleOverrides: {
          borderRadius: '0.625rem',
          borderColor: 'var(--edge)',
          codeBackground: 'var(--surface)',
          codePaddingBlock: '0.9rem',
          frames: { frameBoxShadowCssValue: 'none' },
        },
      },
    }),
    mdx(),
    ...(settings.site ? [sitemapOfPages()] : []),
    aliases(),
    repros(),
  ],
});
