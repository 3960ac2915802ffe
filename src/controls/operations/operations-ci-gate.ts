import { askedOfPerson } from '../asked-of-person.ts';

export const operationsCiGate = askedOfPerson({
  id: 'operations-ci-gate',
  severity: 'medium',
  title: {
    en: 'What breaks the rules for images and Dockerfiles does not pass the pipeline',
    zh: '不符合镜像与 Dockerfile 规则的内容不能通过流水线',
  },
  why: {
    en: 'What is found only on the host already runs there. A gate in the pipeline stops it where mending costs least.',
    zh: '到主机上才发现时问题已在运行。流水线中的门禁能在修复成本最低处将其拦下。',
  },
  question: {
    en: 'Does the pipeline fail when an image or a Dockerfile breaks the rules or has serious vulnerabilities?',
    zh: '当镜像或 Dockerfile 违反规则或存在严重漏洞时，流水线是否会失败？',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'], aliases: ['ops-ci-gate'] },
  summary: {
    en: 'Add a step to the pipeline that ends with an error on severe findings, such as `plimsoll check --fail-on high`, and prove it with a sample that must fail.',
    zh: '在流水线中加入遇到严重问题即报错的步骤，例如 `plimsoll check --fail-on high`，并用必然不通过的样例验证。',
  },
});
