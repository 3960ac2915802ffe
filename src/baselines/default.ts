import type { Baseline } from './baseline.ts';

export const defaultBaseline: Baseline = {
  name: 'default',
  description: {
    en: 'Every rule that any host should keep; what is a matter of policy is judged only where it is set.',
    zh: '所有主机都应遵守的规则；属于策略选择的项目仅在已设置时判断。',
  },
  controls: ['*'],
};
