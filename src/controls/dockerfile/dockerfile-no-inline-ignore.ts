import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { type Place, verdictsAt } from './places.ts';

export const dockerfileNoInlineIgnore = defineControl({
  id: 'dockerfile-no-inline-ignore',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'Findings are waived in one place, not by comments', zh: '豁免集中管理，而不写在注释中' },
  why: {
    en: 'A comment lets whoever changes a file also switch off its review. Waivers in one place have an owner and an end.',
    zh: '注释让修改文件的人同时可以关闭对它的检查。集中管理的豁免有负责人和期限。',
  },
  how: {
    en: 'Only judged where such comments are forbidden. Then no line may have a comment by which plimsoll, hadolint, Checkov or Trivy ignores a finding.',
    zh: '仅在禁止此类注释时判断。此时任何一行都不得含有让 plimsoll、hadolint、Checkov 或 Trivy 忽略问题的注释。',
  },
  references: { aliases: ['DL1001'] },
  parameters: {
    forbidden: {
      default: false,
      description: { en: 'Forbid comments that ignore findings.', zh: '禁止使用忽略问题的注释。' },
    },
  },

  judge(dockerfile, { parameters: { forbidden } }) {
    if (!forbidden) {
      return notApplicable({ en: 'Such comments are not forbidden.', zh: '未禁止此类注释。' });
    }
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No comment ignores a finding.',
      zh: '没有忽略问题的注释。',
    });
  },

  remedy() {
    return byHand({
      en: 'Take the comment out, and write the waiver where all of them are kept.',
      zh: '删除该注释，并把豁免写到统一管理的位置。',
    });
  },
});

const comment =
  /(?<=^|\s)#[ \t]*(?:(plimsoll)[ \t]+ignore(?:-file)?[ \t]*=|(hadolint)[ \t]+(?:global[ \t]+)?ignore[ \t]*=|(checkov):skip=|(trivy|tfsec):ignore:)/gim;

function places({ text }: Dockerfile): readonly Place[] {
  return [...text.matchAll(comment)].map(({ 0: written, 1: own, 2: hadolint, 3: checkov, 4: trivy, index }) => {
    const tool = (own ?? hadolint ?? checkov ?? trivy ?? '').toLowerCase();
    return {
      span: { start: index, end: index + written.length },
      value: tool,
      message: { en: `A comment for ${tool} ignores a finding here.`, zh: `此处用 ${tool} 的注释忽略了问题。` },
    };
  });
}
