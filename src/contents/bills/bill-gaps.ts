import { unreadable, type UnreadableFact } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';

/** Kinds of entries that are not understood. */
export type BillGapKind = 'without-purl' | 'broken-purl' | 'broken-entry' | 'too-deep' | 'too-many' | 'newer-format';

/** Gathers what was not understood: one gap of a kind, with some examples, however many entries there are. */
export interface BillGaps {
  /** @param what the entry's name, or what stands there instead of what is expected */
  readonly add: (kind: BillGapKind, what: string) => void;
  readonly all: () => readonly UnreadableFact[];
}

const mostExamples = 10;
const longestExample = 120;

export function billGaps(bill: string): BillGaps {
  const found = new Map<BillGapKind, { count: number; readonly examples: string[] }>();
  return {
    add(kind, what) {
      const entry = found.get(kind) ?? { count: 0, examples: [] };
      entry.count++;
      if (entry.examples.length < mostExamples) entry.examples.push(shortened(what));
      found.set(kind, entry);
    },
    all: () =>
      [...found].map(([kind, { count, examples }]) => {
        const { reason, need } = words[kind];
        const more = count > examples.length ? ', …' : '';
        const gap = unreadable('file', bill, reason(count, examples.join(', ') + more), need);
        return kind === 'newer-format' ? gap : { ...gap, hidesPackages: true };
      }),
  };
}

function shortened(text: string): string {
  return text.length > longestExample ? `${text.slice(0, longestExample)}…` : text;
}

interface GapWords {
  readonly reason: (count: number, examples: string) => Text;
  readonly need: Text;
}

const words: Readonly<Record<BillGapKind, GapWords>> = {
  'without-purl': {
    reason: (count, examples) => ({
      en: `${count} ${count === 1 ? 'entry has' : 'entries have'} no package URL: ${examples}`,
      zh: `${count} 个条目没有包 URL（purl）：${examples}`,
    }),
    need: {
      en: 'a bill whose components have a `purl`, or a scan of the image itself',
      zh: '各组件带有 `purl` 的物料清单，或直接扫描该镜像',
    },
  },
  'broken-purl': {
    reason: (count, examples) => ({
      en: `${count} package ${count === 1 ? 'URL is' : 'URLs are'} not valid: ${examples}`,
      zh: `${count} 个包 URL（purl）无效：${examples}`,
    }),
    need: { en: 'package URLs as `pkg:TYPE/NAME@VERSION`', zh: '形如 `pkg:类型/名称@版本` 的包 URL' },
  },
  'broken-entry': {
    reason: (count, examples) => ({
      en: `${count} ${count === 1 ? 'entry is' : 'entries are'} not written as a package: ${examples}`,
      zh: `${count} 个条目不是软件包应有的写法：${examples}`,
    }),
    need: { en: 'a bill as the tool that made it wrote it', zh: '由生成工具原样输出的物料清单' },
  },
  'too-deep': {
    reason: (count, examples) => ({
      en: `components inside of components are too deep in ${count} ${count === 1 ? 'place' : 'places'}: ${examples}`,
      zh: `${count} 处组件嵌套过深：${examples}`,
    }),
    need: { en: 'a bill with fewer levels', zh: '嵌套层级更少的物料清单' },
  },
  'too-many': {
    reason: (count) => ({
      en: `${count} packages too many were left out`,
      zh: `软件包过多，省略了 ${count} 个`,
    }),
    need: { en: 'a bill of one image', zh: '单个镜像的物料清单' },
  },
  'newer-format': {
    reason: (_count, examples) => ({
      en: `the bill is of a version of its format that is not known: ${examples}`,
      zh: `该物料清单所用的格式版本未知：${examples}`,
    }),
    need: {
      en: 'a bill of CycloneDX 1.2 to 1.7, SPDX 2.2 or SPDX 2.3',
      zh: 'CycloneDX 1.2 至 1.7、SPDX 2.2 或 SPDX 2.3 的物料清单',
    },
  },
};
