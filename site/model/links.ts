/** Where a reader can go from every page. */
export const siteLinks = [
  { label: 'Bugs', link: '/bugs/' },
  { label: 'Matrix', link: '/matrix/' },
  { label: 'How we test', link: '/how-we-test/' },
];
