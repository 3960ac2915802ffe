import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { answeredByPerson } from '../answered.ts';
import { listed } from '../container/listing.ts';
import { unreadContainers } from '../unread-containers.ts';
import { isSeparating, labelOf, runtimeOf, separatingRuntimes } from './separate-kernel.ts';

const question: Text = {
  en: 'Do all containers of this host belong to people who trust each other?',
  zh: '此主机上的所有容器是否都属于相互信任的各方？',
};

export const hostMultiTenantSeparation = defineControl({
  id: 'host-multi-tenant-separation',
  subject: 'host',
  severity: 'medium',
  title: { en: 'Containers of different trust do not share a kernel', zh: '信任级别不同的容器不共用内核' },
  why: {
    en: 'Containers share the kernel of the host. One flaw of it lets whoever sits in the least trusted of them reach the most valuable.',
    zh: '容器共用主机内核。内核一旦有漏洞，最不可信容器中的攻击者便可触及最有价值的容器。',
  },
  how: {
    en: 'Compares the labels that name a tenant, a trust group or an environment among running containers without a kernel of their own: each label may have one value only. Where not all of them carry such a label, a person must answer.',
    zh: '在没有独立内核的运行中容器之间，比较标明租户、信任组或环境的标签：每个标签只能有一个取值。若并非所有容器都带有此类标签，则须由人回答。',
  },
  references: { nist800190: ['4.3.4'] },
  question,
  parameters: {
    labels: {
      default: ['trust-group', 'tenant', 'environment'],
      description: {
        en: 'Labels that tell whom or what a container belongs to; a prefix before the name does not matter.',
        zh: '标明容器归属的标签；名称前的前缀不影响匹配。',
      },
    },
    separatingRuntimes,
  },

  judge(_host, context) {
    const { machine, parameters } = context;
    const running = machine?.containers.filter(({ state }) => state === 'running') ?? [];
    const shared = running.filter((each) => !isSeparating(runtimeOf(each, machine), parameters.separatingRuntimes));
    const gap = machine && unreadContainers(machine.engine, machine);
    if (gap) return unknownFrom(gap);
    if (shared.length < 2) {
      return notApplicable({ en: 'No two containers share the kernel here.', zh: '没有两个容器共用此内核。' });
    }
    for (const label of parameters.labels) {
      const values = valuesOf(shared, label);
      if (values.length < 2) continue;
      const names = listed(values);
      return fail(
        { en: `Containers of ${label} ${names.en} share the kernel.`, zh: `${label} 为 ${names.zh} 的容器共用内核。` },
        evidenceOf(label, values),
      );
    }
    const common = parameters.labels.find((label) => shared.every((each) => labelOf(each, label) !== undefined));
    if (common === undefined) return answeredByPerson(context, question);
    const values = valuesOf(shared, common);
    const [value = ''] = values;
    return pass(
      { en: `All containers here are of ${common} ${value}.`, zh: `此处所有容器的 ${common} 均为 ${value}。` },
      evidenceOf(common, values),
    );
  },

  remedy() {
    return byHand({
      en: 'Run each group on hosts of its own, or give the less trusted one a runtime with a kernel of its own (Kata Containers, gVisor).',
      zh: '将各组安排到各自的主机，或让较不可信的一组使用带独立内核的运行时（Kata Containers、gVisor）。',
    });
  },
});

function valuesOf(containers: readonly ContainerSpec[], label: string): string[] {
  return [...new Set(containers.flatMap((each) => labelOf(each, label) ?? []))].toSorted();
}

function evidenceOf(label: string, values: readonly string[]): Evidence {
  return { source: 'engine-api', path: `Config.Labels ${label}`, value: [...values] };
}
