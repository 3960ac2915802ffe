import { normaliseCapability } from '../../model/capability.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';
import { boundingCapabilities, fieldGiving } from './obtainable-capabilities.ts';

export const containerCapsDropped = defineControl({
  id: 'container-caps-dropped',
  subject: 'container',
  severity: 'medium',
  title: {
    en: 'All capabilities are dropped, and only named ones are given back',
    zh: '丢弃全部 capability，仅按名称加回所需项',
  },
  why: {
    en: "The engine's default set suits no program in particular: nearly every one of its capabilities is of use to an attacker and of none to the service.",
    zh: '引擎的默认集合并非为某个具体程序而设：其中几乎每一项对攻击者都有用，而服务本身却用不到。',
  },
  how: {
    en: 'The bounding set that the kernel shows for a running container, else what the specification yields, may hold nothing but capabilities that are added by name. ALL among the added ones counts as not named.',
    zh: '运行中的容器以内核给出的 bounding 集合为准，其余以配置推算的结果为准：其中只能包含按名称加回的 capability。加回 ALL 不算按名称指定。',
  },
  references: {
    cisDocker: ['5.4'],
    cisKubernetes: ['5.2.9'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: ['KSV-0003', 'KSV-0106', 'CKV_K8S_37', 'C-0201', 'C-0220', 'k8s-cap-drop-any', 'KSV-0004', 'CKV_K8S_36'],
    links: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  },
  counterexample: { capabilities: { drop: [] } },

  judge(container) {
    const { names, evidence } = boundingCapabilities(container);
    const added = new Set(container.capabilities.add.map(normaliseCapability));
    const unasked = [...names].filter((name) => !added.has(name));
    if (unasked.length === 0) {
      return pass(
        {
          en: 'It has no capability that it does not ask for by name.',
          zh: '除按名称加回的项外，容器没有任何 capability。',
        },
        evidence,
      );
    }
    return fail(
      {
        en: `It has capabilities that it does not ask for by name: ${listed(unasked, 20).en}.`,
        zh: `容器拥有并未按名称申请的 capability：${listed(unasked, 20).zh}。`,
      },
      evidence,
      fieldGiving(container, [], 'capabilities.drop'),
    );
  },

  remedy(container) {
    const { add } = container.capabilities;
    const named = add.filter((name) => normaliseCapability(name) !== 'ALL');
    return changeSpec(
      {
        ...(container.privileged ? { privileged: false } : {}),
        capabilities: { ...(named.length < add.length ? { add: named } : {}), drop: ['ALL'] },
      },
      {
        en: 'Drop ALL, and add back by name only what the process turns out to need: an entry point that starts as root and changes to another user needs SETUID and SETGID, often CHOWN.',
        zh: '丢弃 ALL，再按名称仅加回进程确实需要的项：以 root 启动后切换用户的入口程序需要 SETUID 和 SETGID，常常还需要 CHOWN。',
      },
    );
  },
});
