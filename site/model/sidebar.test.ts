import { expect, it } from 'vitest';
import { exampleClaim, exampleWriteup } from '../testing/example.ts';
import { testedBug } from './bug.ts';
import { sidebarOf } from './sidebar.ts';

const claims = [exampleClaim('lanes-open'), exampleClaim('lanes-close')];
const bug = testedBug('999-lanes-close', exampleWriteup(claims), []);

it('lists the pages of the site, then the bugs of each engine that has any', () => {
  const sidebar = sidebarOf([bug], '/bugs/999-lanes-close/');
  expect(sidebar.map(({ label }) => label)).toEqual(['Bugs', 'Matrix', 'How we test', 'Celery']);
  expect(sidebar.at(-1)).toMatchObject({
    entries: [{ href: '/bugs/999-lanes-close/', isCurrent: true }],
  });
  expect(sidebar[0]).toMatchObject({ href: '/bugs/', isCurrent: false });
});
