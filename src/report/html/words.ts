import type { Text } from '../../model/text.ts';

/** The words that only the HTML report uses. */
export const htmlWords = {
  skip: { en: 'Skip to the findings', zh: '跳到检查结果' },
  noFailures: { en: 'Nothing failed', zh: '没有未通过的检查项' },
  noFailuresButUnknown: { en: 'Nothing failed, but not everything is known', zh: '没有未通过的检查项，但仍有未知项' },
  outOf100: { en: 'out of 100', zh: '满分 100' },
  scoreNote: {
    en: 'The score weighs what passed and what failed by severity, each control once for a subject. What is unknown, waived or not applicable does not count.',
    zh: '得分按严重程度对通过项和未通过项加权计算，每个对象的每个检查项只计一次。未知、已豁免和不适用的项目不计入。',
  },
  findings: { en: 'Findings', zh: '检查结果' },
  filter: { en: 'Filter', zh: '筛选' },
  search: { en: 'Search titles, evidence, commands …', zh: '搜索标题、证据、命令……' },
  allLevels: { en: 'All levels', zh: '所有层级' },
  allSubjects: { en: 'All subjects', zh: '所有对象' },
  reset: { en: 'Reset', zh: '重置' },
  matching: { en: '{shown} of {all} findings match the filter', zh: '{all} 项结果中有 {shown} 项符合筛选条件' },
  copy: { en: 'Copy', zh: '复制' },
  copied: { en: 'Copied', zh: '已复制' },
  clean: { en: 'Nothing to do', zh: '无需处理' },
  notAsked: { en: 'Nothing was asked of it', zh: '没有适用于它的检查项' },
  coverage: { en: 'What was read', zh: '读取范围' },
  read: { en: 'Read', zh: '已读取' },
  everythingRead: { en: 'Everything that was asked for could be read.', zh: '所需内容均已成功读取。' },
  language: { en: 'en', zh: 'zh-Hans' },
} satisfies Record<string, Text>;
