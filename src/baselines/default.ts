import type { Baseline } from './baseline.ts';
import { mattersOfPolicy } from './matters-of-policy.ts';
import { askedOfContainers } from './questions-asked-twice.ts';

export const defaultBaseline: Baseline = {
  name: 'default',
  description: {
    en: 'Every rule that any host and any file should keep; what is a matter of policy is judged only where it is set.',
    zh: '所有主机和文件都应遵守的规则；属于策略选择的项目仅在已设置时判断。',
  },
  controls: ['*'],
  without: [...askedOfContainers, ...mattersOfPolicy],
};
