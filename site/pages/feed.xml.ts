import type { APIRoute } from 'astro';
import { testedBugs } from '../collections.ts';
import { feed } from '../export/feed.ts';
import { textFile } from '../export/respond.ts';
import { addedOn } from '../history.ts';
import { changesOf } from '../model/changes.ts';
import { settings } from '../settings.ts';

export const GET: APIRoute = async () =>
  textFile(feed(changesOf(await testedBugs(), addedOn()), settings.site), 'application/atom+xml');
