import { askedOfPerson } from '../asked-of-person.ts';

export const operationsBlastRadius = askedOfPerson({
  id: 'operations-blast-radius',
  severity: 'medium',
  title: { en: 'For a vulnerability it is quickly known what it affects', zh: '出现漏洞时能迅速得知其影响范围' },
  why: {
    en: 'When a severe vulnerability becomes known, hours count: who must first look for where it runs, how exposed and with which rights, patches late and in the wrong order.',
    zh: '严重漏洞公布后，时间以小时计：若还要先查找它在何处运行、暴露程度及拥有的权限，修补就会延误且顺序失当。',
  },
  question: {
    en: 'For a new vulnerability, can you tell within an hour which deployments have it, how exposed they are, with which privileges they run and in which environment?',
    zh: '对于新公布的漏洞，能否在一小时内说明哪些部署受影响、暴露程度、运行权限以及所处环境？',
  },
  references: { nist800190: ['4.3.4'], aliases: ['ops-blast-radius'] },
  summary: {
    en: 'Keep lists of what is in each image beside an inventory of where it runs, which ports are open and what it may do, and try it with a known vulnerability.',
    zh: '保存各镜像的成分清单，并与运行位置、开放端口和权限清单对应起来，再用已知漏洞试查一次。',
  },
});
