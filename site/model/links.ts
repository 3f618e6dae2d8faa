/** Where a reader can go from every page. */
export const siteLinks = [
  { label: 'Bugs', link: '/bugs/' },
  { label: 'Matrix', link: '/matrix/' },
  { label: 'Changes', link: '/changes/' },
  { label: 'How we test', link: '/how-we-test/' },
  { label: 'Guides', link: '/guides/' },
];
