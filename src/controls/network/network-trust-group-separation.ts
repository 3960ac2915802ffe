import { defineControl } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { forwardsBetweenMembers } from '../../model/reachability.ts';

export const networkTrustGroupSeparation = defineControl({
  id: 'network-trust-group-separation',
  subject: 'network',
  severity: 'medium',
  title: { en: 'Only containers of one trust group share a network', zh: '只有同一信任组的容器共用一个网络' },
  why: {
    en: 'Whoever takes over the least guarded container of a network attacks the others from within. Groups of different worth on one network are as safe as the weakest among them.',
    zh: '攻击者拿下网络中防护最弱的容器后，便可从内部攻击其他容器。不同重要程度的容器共处一网，其安全性取决于最薄弱的一个。',
  },
  how: {
    en: 'Containers name their group in a label (a parameter). The members of a network that forwards between them must have one in common; a container between two groups names both, with a comma. One without the label belongs to no group. Not asked while no container carries the label.',
    zh: '容器通过标签（可配置）声明所属信任组。在允许成员互通的网络中，所有成员须有一个共同的组；介于两组之间的容器以逗号分隔写明两者；没有标签的容器不属于任何组。若没有容器带有该标签，则不作判断。',
  },
  references: { nist800190: ['4.3.3'] },
  parameters: {
    label: {
      default: 'trust-group',
      description: { en: 'The label of containers that names their group.', zh: '声明容器所属信任组的标签。' },
    },
  },
  appliesTo: ({ driver, ingress }) => !['host', 'null', 'none'].includes(driver) && !ingress,

  judge(network, { machine, parameters: { label } }) {
    const containers = machine?.containers ?? [];
    if (!containers.some(({ labels }) => label in labels)) {
      return notApplicable({ en: `No container has the label ${label}.`, zh: `没有容器带有标签 ${label}。` });
    }
    const groups = new Map<string, string[]>();
    for (const { id, name } of network.members) {
      const group = groupsIn(containers.find((each) => each.id === id)?.labels[label]).join(', ');
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
    const [common = new Set<string>(), ...others] = [...groups.keys()].map((group) => new Set(groupsIn(group)));
    const shared = others.reduce((left, right) => left.intersection(right), common);
    const names = [...groups.keys()].toSorted();
    const evidence: Evidence = { source: 'engine-api', path: `GET /networks ${network.name} Containers`, value: names };
    if (!forwardsBetweenMembers(network)) {
      return pass({ en: 'It keeps its members apart.', zh: '该网络已隔离其成员。' }, evidence);
    }
    if (groups.size < 2 || shared.size > 0) {
      return pass({ en: 'Its members are of one trust group.', zh: '其成员属于同一信任组。' }, evidence);
    }
    const parts = listed([...groups].map(([group, each]) => memberText(group, each)));
    return fail(
      { en: `Several trust groups share it: ${parts.en}.`, zh: `多个信任组共用该网络：${parts.zh}。` },
      evidence,
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Give every trust group a network of its own, and let only the container that stands between two groups join both, with both in its label.',
        zh: '为每个信任组建立各自的网络，只让介于两组之间的容器同时加入两者，并在其标签中写明两组。',
      },
      ['docker network create NAME', 'docker network connect NAME CONTAINER'],
    );
  },
});

/** A label may name several groups, with commas between them. */
function groupsIn(label = ''): string[] {
  const names = label.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))].toSorted();
}

function memberText(group: string, members: readonly string[]) {
  const names = listed(members, 3);
  return group === ''
    ? { en: `none (${names.en})`, zh: `无组（${names.zh}）` }
    : { en: `${group} (${names.en})`, zh: `${group}（${names.zh}）` };
}
