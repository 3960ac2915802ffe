import { expect, test } from 'vitest';
import { container, contextOf, image, judge, machine } from '../../../test/subjects.ts';
import { imageTagHygiene as control } from './image-tag-hygiene.ts';

const started = (reference: string) => ({
  machine: machine({ containers: [container({ image: { reference, id: image().id } })] }),
});
const tagged = (...tags: string[]) => image({ tags });

test.each([
  [['shop:1.4'], 'pass'],
  [['shop:latest', 'shop:1.4'], 'pass'],
  [['shop:latest'], 'fail'],
  [['shop:latest', 'registry.example/shop:1.4'], 'fail'],
  [['registry.example:5000/shop:latest', 'registry.example:5000/shop:1'], 'pass'],
  [[], 'not-applicable'],
])('%j: %s', (tags, status) => {
  expect(judge(control, tagged(...tags)).status).toBe(status);
});

test('other tags may be called mutable', () => {
  expect(judge(control, tagged('shop:main'), { parameters: { mutableTags: ['latest', 'main'] } }).status).toBe('fail');
});

test('it is not said twice: a container that is started under latest fails by itself', () => {
  expect(judge(control, tagged('shop:latest'), started('shop')).status).toBe('not-applicable');
  expect(judge(control, tagged('shop:latest'), started('shop:1.3'))).toMatchObject({ status: 'fail', field: 'tags' });
  const parameters = { mutableTags: ['main'] };
  expect(judge(control, tagged('shop:main'), { ...started('shop:main'), parameters }).status).toBe('fail');
});

test('the remedy is for the name that has no version', () => {
  const subject = tagged('registry.example:5000/shop:1.4', 'shop:latest');
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    commands: ['docker tag shop:latest shop:1.4.2'],
  });
});
