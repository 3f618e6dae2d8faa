import { expect, it } from 'vitest';
import { templateParts } from './template.ts';

it('parts what must stand there from what varies', () => {
  expect(templateParts('Missing lock for job {id}. {command}')).toEqual([
    { text: 'Missing lock for job ' },
    { varies: 'id' },
    { text: '. ' },
    { varies: 'command' },
  ]);
});

it('takes a brace that is no hole as it stands', () => {
  expect(templateParts('{} and {"a": 1}')).toEqual([{ text: '{} and {"a": 1}' }]);
});
