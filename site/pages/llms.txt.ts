/** The pages for programs that read text: https://llmstxt.org */
import type { APIRoute } from 'astro';
import { testedBugs } from '../collections.ts';
import { jsonPage } from '../export/published.ts';
import { textFile } from '../export/respond.ts';
import { shelvesOf } from '../model/topic.ts';
import { engineNames } from '../model/words.ts';
import { settings } from '../settings.ts';

export const GET: APIRoute = async () => {
  const at = (page: string): string => (settings.site ?? '') + page;
  const shelves = shelvesOf(await testedBugs()).map(({ engine, name, bugs }) =>
    [
      `## ${engineNames[engine]}: ${name}`,
      '',
      ...bugs.map(
        (bug) =>
          `- [${bug.id}: ${bug.title}](${at(bug.page)}) ([JSON](${at(jsonPage(bug))})): ${bug.fix.summary}`,
      ),
    ].join('\n'),
  );
  const head = [
    '# poolproof',
    '',
    '> Failures of Celery and BullMQ worker pools. Every sentence that can be tested was run; each has a verdict and evidence.',
    '',
    'A verdict holds for the versions and platforms that ran. `not run` means that nobody knows. Wine is not Windows.',
    '',
    `- [Index as JSON](${at('/bugs.json')}), of [this schema](${at('/schema/bugs.json')})`,
    `- [How we test](${at('/how-we-test/')})`,
    `- [What changed](${at('/changes/')}), [as a feed](${at('/feed.xml')})`,
  ].join('\n');
  return textFile(`${[head, ...shelves].join('\n\n')}\n`, 'text/plain');
};
