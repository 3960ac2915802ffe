import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, info, machine } from '../../../test/subjects.ts';
import type { Answer } from '../../model/answer.ts';
import type { Control, Machine, ParameterDefinitions } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { Verdict } from '../../model/verdict.ts';
import { answered } from '../answered.fixture.ts';

const id = (index: number) => `sha256:${String(index).padStart(64, '0')}`;

/** A machine with a container of each of these images, by the repository they were pulled from; '' was built here. */
export function pulling(repositories: readonly string[], facts: Partial<EngineFacts> = {}): Machine {
  const images = repositories.map((repository, index) => ({
    id: id(index),
    tags: [`${repository || 'built-here'}:1`],
    digests: repository === '' ? [] : [`${repository}@${id(index)}`],
    created: 1,
  }));
  const containers = images.map((image) => container({ image: { reference: image.tags[0] ?? '', id: image.id } }));
  const listed = {
    images: known(images, 'engine-api' as const, 'GET /images/json'),
    info: info({ containers: images.length }),
  };
  return machine({ engine: engine({}, { ...listed, ...facts }), images: [], containers });
}

/** What a control says of a machine with such images, with what a person answered, if anybody did. */
export function judgePulling<P extends ParameterDefinitions>(
  control: Control<'engine', P>,
  repositories: readonly string[],
  answer?: Answer,
  facts: Partial<EngineFacts> = {},
): Verdict {
  const there = pulling(repositories, facts);
  const context = contextOf(control, { machine: there });
  return control.judge(there.engine, answer ? { ...context, answer } : context);
}

/** When a question about registries of one's own is asked. */
export function testOwnRegistries<P extends ParameterDefinitions>(control: Control<'engine', P>): void {
  test('nobody answered', () => {
    expect(judgePulling(control, ['nginx', 'registry.example/shop/web']).status).toBe('unknown');
  });

  test('images of public registries, or built here, raise no question', () => {
    expect(judgePulling(control, ['nginx', 'quay.io/team/tool', '', 'localhost:5000/web']).status).toBe(
      'not-applicable',
    );
    expect(judgePulling(control, []).status).toBe('not-applicable');
  });

  test('images that cannot be listed, or containers that cannot be read, are unknown until a person answers', () => {
    for (const facts of [{ images: hidden }, { info: hidden }, { info: info({ containers: 3 }) }]) {
      expect(judgePulling(control, [], undefined, facts).status).toBe('unknown');
      expect(judgePulling(control, [], answered(false), facts).status).toBe('fail');
    }
  });
}
