import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImageStep } from '../../model/image.ts';
import { createdByOfConfiguration, createdByOfSteps } from './engine-history.ts';

function configuration(history: unknown): { readonly bytes: Buffer; readonly id: string } {
  const bytes = Buffer.from(JSON.stringify({ history }));
  return { bytes, id: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

describe('from the configuration', () => {
  const history = [{ created_by: 'ADD a' }, { created_by: 'ENV a=b', empty_layer: true }, { created_by: 'RUN c' }];

  test('steps without a layer are left out', () => {
    const { bytes, id } = configuration(history);
    expect(createdByOfConfiguration(bytes, id, 2)).toEqual(['ADD a', 'RUN c']);
  });

  test('a configuration that is another one, makes no sense or does not fit tells nothing', () => {
    const { bytes, id } = configuration(history);
    expect(createdByOfConfiguration(bytes, `sha256:${'0'.repeat(64)}`, 2)).toBeUndefined();
    expect(createdByOfConfiguration(bytes, id, 3)).toBeUndefined();
    for (const odd of [null, 'text', [null, 1, 'x']]) {
      const other = configuration(odd);
      expect(createdByOfConfiguration(other.bytes, other.id, 2)).toBeUndefined();
    }
    const text = Buffer.from('{');
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    expect(createdByOfConfiguration(text, digest, 0)).toBeUndefined();
  });
});

const step = (createdBy: string, size: number): ImageStep => ({ createdBy, size, tags: [] });

describe('from what the engine tells', () => {
  test('a step that only deletes has a layer too', () => {
    const steps = [
      step('/bin/sh -c #(nop) ADD file:1 in / ', 100),
      step('/bin/sh -c #(nop)  ENV A=b', 0),
      step('/bin/sh -c rm -rf /var/cache', 0),
      step('/bin/sh -c #(nop)  CMD ["sh"]', 0),
    ];
    expect(createdByOfSteps(steps, 2)).toEqual([steps[0]?.createdBy, steps[2]?.createdBy]);
  });

  test('a step that changed nothing may have none', () => {
    const steps = [step('RUN a # buildkit', 10), step('WORKDIR /', 0), step('COPY b # buildkit', 5)];
    expect(createdByOfSteps(steps, 2)).toEqual(['RUN a # buildkit', 'COPY b # buildkit']);
  });

  test('where it is in doubt only the lowest and the uppermost are told', () => {
    const steps = [step('ADD a', 9), step('RUN b', 0), step('RUN c', 0), step('COPY d', 3)];
    expect(createdByOfSteps(steps, 3)).toEqual(['ADD a', undefined, 'COPY d']);
  });

  test('what does not fit at all tells nothing', () => {
    expect(createdByOfSteps([step('ADD a', 9)], 2)).toEqual([undefined, undefined]);
    expect(createdByOfSteps([step('ADD a', 9), step('ADD b', 9)], 1)).toEqual([undefined]);
    expect(createdByOfSteps([], 0)).toEqual([]);
  });
});
