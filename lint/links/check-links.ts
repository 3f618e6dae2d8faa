/** Fails on links of the built site and of the Markdown files that lead nowhere: `npm run links`. */
import { globSync } from 'node:fs';
import { projectRoot } from '../../catalog/project.ts';
import { deadLinksOfMarkdown, deadLinksOfSite } from './dead-links.ts';

const [dist] = process.argv.slice(2);
if (dist === undefined) throw new Error('expected the folder of the built site, such as dist');

const markdown = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: projectRoot });
const site = await deadLinksOfSite(dist);
const files = await deadLinksOfMarkdown(projectRoot, markdown);
for (const { page, link } of [...site.dead, ...files.dead]) {
  process.stderr.write(`${page}: ${link} leads nowhere\n`);
}
process.stdout.write(
  `links: ${site.followed} of the site and ${files.followed} of ${markdown.length} Markdown files followed\n`,
);
process.exitCode = site.dead.length + files.dead.length > 0 ? 1 : 0;
