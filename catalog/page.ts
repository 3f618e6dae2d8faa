/** The address of a bug's page on the docs site, which `poolproof start` serves beside the board. */
export function pagePath(slug: string): string {
  return `/bugs/${slug}/`;
}
