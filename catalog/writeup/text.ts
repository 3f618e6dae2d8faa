import { z } from 'zod';

export const sentence = z.string().trim().min(8);
export const date = z.iso.date('a date such as 2026-01-31');
export const url = z.url('a URL such as https://example.org/page');

/** The id of a bug. */
export const bugId = z
  .string()
  .regex(/^BUG-(\d{3}|[1-9]\d{3,})$/, 'BUG- and three or more digits, as in the file name')
  .meta({ examples: ['BUG-002'] });
