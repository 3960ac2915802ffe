import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileInstructionOrder = defineControl({
  id: 'dockerfile-instruction-order',
  subject: 'dockerfile',
  severity: 'medium',
  title: { en: 'Only ARG stands before the first FROM', zh: '第一个 FROM 之前只有 ARG' },
  why: {
    en: 'Before FROM there is no image that an instruction could work on: the build refuses the file.',
    zh: '在 FROM 之前没有可供指令操作的镜像：构建会拒绝该文件。',
  },
  how: {
    en: 'Comments, parser directives and ARG may stand before the first FROM, and no other instruction. A file without FROM is reported once.',
    zh: '第一个 FROM 之前只能有注释、解析器指令和 ARG。没有 FROM 的文件只报告一次。',
  },
  references: {
    aliases: ['DL3061'],
    links: ['https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact'],
  },
  counterexample: {
    bad: 'LABEL team=shop\nFROM debian:13\n',
    good: 'FROM debian:13\nLABEL team=shop\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Nothing but ARG stands before the first FROM.',
      zh: '第一个 FROM 之前只有 ARG。',
    });
  },

  remedy() {
    return byHand({ en: 'Move it below the FROM of its stage.', zh: '将其移到所属阶段的 FROM 之后。' });
  },
});

function places({ instructions, stages }: Dockerfile): readonly Place[] {
  const early = instructions.filter(
    ({ stage, keyword }) => stage < 0 && keyword !== 'arg' && keyword !== 'from' && keyword !== 'unknown',
  );
  return (stages.length > 0 ? early : early.slice(0, 1)).map(({ keyword, keywordSpan }) => ({
    span: keywordSpan,
    value: keyword.toUpperCase(),
    message: {
      en: `${keyword.toUpperCase()} stands before the first FROM.`,
      zh: `${keyword.toUpperCase()} 出现在第一个 FROM 之前。`,
    },
  }));
}
