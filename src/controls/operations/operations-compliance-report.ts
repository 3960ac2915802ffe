import { askedOfPerson } from '../asked-of-person.ts';

export const operationsComplianceReport = askedOfPerson({
  id: 'operations-compliance-report',
  severity: 'low',
  title: {
    en: 'It is reported which cluster, namespace and node breaks which rule',
    zh: '定期报告哪个集群、命名空间和节点违反了哪些规则',
  },
  why: {
    en: 'Rules that nobody reports on erode: without a report for each place nobody knows who has to act, or whether it gets better.',
    zh: '无人汇报的规则会逐渐失效：没有分范围的报告，就不知道该由谁处理，也看不出是否在改善。',
  },
  question: {
    en: 'Is there a regular report that says which cluster, namespace and node breaks which rule, and does somebody act on it?',
    zh: '是否有定期报告说明哪个集群、命名空间和节点违反了哪些规则，并有人据此处理？',
  },
  references: { aliases: ['ops-compliance-report'] },
  summary: {
    en: 'Write a report of every host and cluster on a schedule, keep the reports and name who acts on them.',
    zh: '按计划为每台主机和每个集群生成报告，保留报告并指定处理人。',
  },
});
