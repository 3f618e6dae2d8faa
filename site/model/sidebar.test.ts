import { expect, it } from 'vitest';
import { exampleClaim, exampleWriteup, noSources } from '../testing/example.ts';
import { testedBug } from './bug.ts';
import { sidebarOf } from './sidebar.ts';
import { shelvesOf } from './topic.ts';

const claims = [exampleClaim('lanes-open'), exampleClaim('lanes-close')];
const run = { version: '1.0.0', pool: 'prefork', platforms: 'wine' };
const abroad = [
  exampleClaim('lanes-open'),
  exampleClaim('lanes-close', { run, expect: { outcome: 'fails' } }),
];
const bugs = [
  testedBug('998-lanes-freeze', exampleWriteup(abroad, { id: 'BUG-998' }), [], noSources),
  testedBug('999-lanes-close', exampleWriteup(claims, { title: 'Bath: LaneError' }), [], noSources),
];
const shelves = shelvesOf(bugs);

it('lists the pages of the site, then the topics of each engine that has any', () => {
  const sidebar = sidebarOf(shelves, '/bugs/');
  const pages = ['Bugs', 'Matrix', 'Changes', 'How we test', 'Guides'];
  expect(sidebar.map(({ label }) => label)).toEqual([...pages, 'Celery']);
  expect(sidebar[0]).toMatchObject({ href: '/bugs/', isCurrent: true });
  expect(sidebar.at(-1)).toMatchObject({
    entries: [
      { type: 'link' },
      { label: 'Windows', href: '/bugs/#celery-windows', badge: { text: '1' } },
    ],
  });
});

it('marks the guides on each of their pages', () => {
  const marked = (current: string) =>
    sidebarOf(shelves, current).find(({ label }) => label === 'Guides');
  expect(marked('/guides/')).toMatchObject({ isCurrent: true, attrs: {} });
  expect(marked('/guides/install/')).toMatchObject({ attrs: { 'aria-current': 'true' } });
  expect(marked('/bugs/')).toMatchObject({ isCurrent: false, attrs: {} });
});

it.each([
  ['/bugs/999-lanes-close/', { isCurrent: true, attrs: {} }],
  ['/evidence/999-lanes-close/lanes-open/', { attrs: { 'aria-current': 'true' } }],
  ['/matrix/999-lanes-close/', { attrs: { 'aria-current': 'true' } }],
])('opens the topic of the bug that %s is about, and no other', (page, marked) => {
  const sidebar = sidebarOf(shelves, page);
  expect(sidebar.at(-1)).toMatchObject({
    entries: [
      {
        type: 'group',
        entries: [{ label: '999 LaneError', href: '/bugs/999-lanes-close/', ...marked }],
      },
      { type: 'link' },
    ],
  });
});

it('takes the topic that the write-up names', () => {
  const named = testedBug(
    '997-lanes-lost',
    exampleWriteup(claims, { topic: 'jobs' }),
    [],
    noSources,
  );
  expect(shelvesOf([named]).map(({ name }) => name)).toEqual(['Lost, stuck and repeated jobs']);
});
