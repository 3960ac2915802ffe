import { answeredByPerson } from '../answered.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { withoutImages } from './engine-images.ts';

const question = {
  en: 'Does the pipeline of every image that runs here stop when the check of the image fails?',
  zh: '此处运行的每个镜像，其流水线是否会在镜像检查未通过时中止？',
};

export const imagePolicyBlocksBuild = defineControl({
  id: 'image-policy-blocks-build',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'A failed check of an image stops its pipeline', zh: '镜像检查未通过时流水线中止' },
  why: {
    en: 'A check that only reports is overtaken by the next deadline: the image is shipped, and its flaws with it.',
    zh: '只报告不拦截的检查终会输给下一个截止日期：镜像照样发布，缺陷随之上线。',
  },
  how: {
    en: 'A person answers, because the pipelines are not on this machine. A step that exits with a status other than zero when the check fails is enough.',
    zh: '流水线不在本机，因此由人回答。检查未通过时以非零状态退出的步骤即可。',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'] },
  question,

  judge(engine, context) {
    return withoutImages(engine) ?? answeredByPerson(context, question);
  },

  remedy() {
    return byHand(
      {
        en: 'Let the job that builds an image check it, and fail when the check does.',
        zh: '让构建镜像的任务执行检查，并在检查未通过时失败。',
      },
      ['plimsoll check --fail-on high Dockerfile'],
    );
  },
});
