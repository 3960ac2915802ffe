import type { Baseline } from './baseline.ts';

export const cisDockerBaseline: Baseline = {
  name: 'cis-docker',
  description: {
    en: 'The questions of the CIS Docker Benchmark, by its numbers; texts, conditions and remedies are our own.',
    zh: '按编号对应 CIS Docker Benchmark 的各项问题；文字、判断条件与修复方法均为自有内容。',
  },
  controls: ['*'],
  framework: 'cisDocker',
};
