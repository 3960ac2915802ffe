import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('each thing is asked about once, nothing being an answer too', () => {
  const asked: object[] = [];
  const answer = remembered((subject: { readonly name?: string }) => {
    asked.push(subject);
    return subject.name;
  });
  const [named, unnamed, alike] = [{ name: 'web' }, {}, { name: 'web' }];
  const answers = [named, unnamed, named, alike, unnamed].map(answer);
  expect(answers).toEqual(['web', undefined, 'web', 'web', undefined]);
  expect(asked).toEqual([named, unnamed, alike]);
});
