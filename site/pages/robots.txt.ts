import type { APIRoute } from 'astro';
import { textFile } from '../export/respond.ts';
import { settings } from '../settings.ts';

/** Evidence may be read, so that it is seen to say that it should not be found. */
export const GET: APIRoute = () =>
  textFile(
    [
      'User-agent: *',
      'Allow: /',
      ...(settings.site === undefined ? [] : [`Sitemap: ${settings.site}/sitemap-index.xml`]),
      '',
    ].join('\n'),
    'text/plain',
  );
