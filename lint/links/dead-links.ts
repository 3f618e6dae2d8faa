import { LinkChecker, LinkState, type CheckOptions } from 'linkinator';

/** A link that leads nowhere. */
interface DeadLink {
  readonly page: string;
  readonly link: string;
}

/** Links to other addresses are not asked for: a check must not depend on who can be reached. */
const withinFolder: Partial<CheckOptions> = {
  checkFragments: true,
  linksToSkip: [String.raw`^https?://(?!(localhost|127\.0\.0\.1|\[::1\])[:/])`, '^mailto:'],
};

/**
 * The links of a built site that lead to no page, file or anchor of it.
 * @param folder holds the pages; all that can be reached from its index.html are read.
 * @returns the dead links, and how many were followed.
 */
export function deadLinksOfSite(folder: string): Promise<LinksFound> {
  return follow({ ...withinFolder, path: '.', serverRoot: folder, recurse: true });
}

/**
 * The links of Markdown files that lead to no file of the folder, or to no heading of it.
 * @param files relative to the folder.
 */
export function deadLinksOfMarkdown(folder: string, files: string[]): Promise<LinksFound> {
  return follow({
    ...withinFolder,
    path: files,
    serverRoot: folder,
    markdown: true,
    directoryListing: true,
  });
}

export interface LinksFound {
  readonly dead: readonly DeadLink[];
  readonly followed: number;
}

async function follow(options: CheckOptions): Promise<LinksFound> {
  const { links } = await new LinkChecker().check(options);
  return {
    followed: links.length,
    dead: links
      .filter(({ state }) => state === LinkState.BROKEN)
      .map(({ parent, url }) => ({ page: withoutHost(parent ?? ''), link: withoutHost(url) })),
  };
}

/** The checker serves a folder at a port of its own. */
function withoutHost(url: string): string {
  return url.replace(/^http:\/\/localhost:\d+/, '');
}
