import sitemap from '@astrojs/sitemap';

/** The sitemap of what should be found: not evidence, which is read from the page of its bug. */
export const sitemapOfPages = () =>
  sitemap({ filter: (page) => !/\/(?:evidence\/|bugs\/(?:BUG-)?\d+\/$)/.test(page) });
