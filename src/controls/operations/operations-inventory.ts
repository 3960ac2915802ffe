import { askedOfPerson } from '../asked-of-person.ts';

export const operationsInventory = askedOfPerson({
  id: 'operations-inventory',
  severity: 'low',
  title: {
    en: 'An inventory of hosts, images, containers, ports and volumes is kept',
    zh: '保存主机、镜像、容器、端口和卷的清单',
  },
  why: {
    en: 'What nobody knows of is neither updated nor watched, and after an incident nobody can say what ran where.',
    zh: '无人知晓的资产既不会更新也无人监控；事件发生后也无法说明当时何处运行了什么。',
  },
  question: {
    en: 'Is there an inventory of hosts, images, containers, published ports and volumes that is at most a day old?',
    zh: '是否有主机、镜像、容器、已发布端口和卷的清单，且数据不超过一天？',
  },
  references: { cisDocker: ['6.1', '6.2'], nist800190: ['4.4.5'], aliases: ['ops-inventory'] },
  summary: {
    en: 'Record every day what the hosts have, and keep the records: a scheduled audit written as JSON is a good start.',
    zh: '每天记录各主机上的资产并保留记录：定期将审计结果输出为 JSON 是一个好的起点。',
  },
});
