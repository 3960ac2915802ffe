import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileUniqueStageNames = defineControl({
  id: 'dockerfile-unique-stage-names',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Every stage has a name of its own', zh: '各阶段的名称互不相同' },
  why: {
    en: 'With two stages of one name it is hard to tell which one is copied from or built, and a change of their order changes it.',
    zh: '两个阶段同名时，很难看出复制或构建的是哪一个，调整顺序也会改变结果。',
  },
  how: {
    en: 'Compares the names that AS gives, without regard to case. Every name that an earlier stage has fails.',
    zh: '比较 AS 给出的名称，不区分大小写。与前面阶段同名的判为未通过。',
  },
  references: {
    aliases: ['DL3024', 'DS-0012', 'CKV_DOCKER_11'],
    links: ['https://docs.docker.com/build/building/multi-stage/#name-your-build-stages'],
  },
  counterexample: {
    bad: 'FROM golang:1.25 AS build\nFROM debian:13 AS Build\n',
    good: 'FROM golang:1.25 AS build\nFROM debian:13 AS web\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No two stages have the same name.',
      zh: '没有同名的阶段。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Give one of the stages another name, and change what refers to it.',
        zh: '为其中一个阶段改名，并修改对它的引用。',
      },
      [],
      'rebuild',
    );
  },
});

function places({ stages, locate }: Dockerfile): readonly Place[] {
  return stages.flatMap(({ name, from: { alias }, index }) => {
    const earlier = stages.slice(0, index).find((stage) => stage.name === name);
    if (name === undefined || !alias || !earlier) return [];
    const { line } = locate(earlier.from.span);
    return [
      {
        span: alias.span,
        value: name,
        message: {
          en: `The stage in line ${line} has the name ${name} too.`,
          zh: `第 ${line} 行的阶段也叫 ${name}。`,
        },
      },
    ];
  });
}
