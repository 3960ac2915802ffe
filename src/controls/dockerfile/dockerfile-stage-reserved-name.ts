import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

const reserved: ReadonlySet<string> = new Set(['scratch', 'context']);

export const dockerfileStageReservedName = defineControl({
  id: 'dockerfile-stage-reserved-name',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'No stage has a reserved name', zh: '阶段不使用保留名称' },
  why: {
    en: 'scratch is the empty image and context the files that the build is given. A stage of that name hides them, or is never found.',
    zh: 'scratch 表示空镜像，context 表示构建上下文。同名的阶段会遮蔽它们，或者根本无法被引用。',
  },
  how: {
    en: 'No FROM names its stage scratch or context, in any case of letters.',
    zh: '任何 FROM 都不将其阶段命名为 scratch 或 context（不区分大小写）。',
  },
  references: {
    aliases: ['DL3063'],
    links: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
  },
  counterexample: {
    bad: 'FROM debian:13 AS context\n',
    good: 'FROM debian:13 AS web\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No stage has a reserved name.',
      zh: '没有阶段使用保留名称。',
    });
  },

  remedy() {
    return byHand(
      { en: 'Give the stage another name, and change what refers to it.', zh: '为该阶段改名，并修改对它的引用。' },
      [],
      'rebuild',
    );
  },
});

function places({ stages }: Dockerfile): readonly Place[] {
  return stages.flatMap(({ name, from: { alias } }) =>
    name !== undefined && alias && reserved.has(name)
      ? [
          {
            span: alias.span,
            value: name,
            message: { en: `${name} is a reserved name.`, zh: `${name} 是保留名称。` },
          },
        ]
      : [],
  );
}
