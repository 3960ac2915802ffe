import type { Machine } from '../model/control.ts';
import type { EngineFacts } from '../model/engine.ts';
import { type UnreadableFact, unreadable } from '../model/fact.ts';

/** Why it is not known which containers there are; `undefined` where some were read, or there are none. */
export function unreadContainers({ info }: EngineFacts, machine: Machine | undefined): UnreadableFact | undefined {
  if (!machine || machine.containers.length > 0) return undefined;
  if (machine.unlisted) return machine.unlisted;
  if (!info.known) return info;
  const { containers = 0 } = info.value;
  if (containers === 0) return undefined;
  return unreadable(
    'engine-api',
    'GET /containers/json',
    {
      en: `the engine counts ${containers} containers, and none could be read`,
      zh: `引擎统计有 ${containers} 个容器，但均无法读取`,
    },
    { en: 'access to the whole engine API', zh: '完整的引擎 API 访问权限' },
  );
}
