import { unreadable, type UnreadableFact } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';

/** Kinds of what is not understood in a VEX document. */
export type VexGapKind = keyof typeof words;

/** Gathers what was not understood: one gap of a kind, with some examples, however many there are. */
export interface VexGaps {
  /** @param place the field: `statements[3].products[0]` */
  readonly add: (kind: VexGapKind, place: string) => void;
  readonly all: () => readonly UnreadableFact[];
}

const mostExamples = 10;
const longestExample = 120;

export function vexGaps(file: string): VexGaps {
  const found = new Map<VexGapKind, { count: number; readonly examples: string[] }>();
  return {
    add(kind, place) {
      const entry = found.get(kind) ?? { count: 0, examples: [] };
      entry.count++;
      if (entry.examples.length < mostExamples) entry.examples.push(shortened(place));
      found.set(kind, entry);
    },
    all: () =>
      [...found].map(([kind, { count, examples }]) => {
        const { one, many, zh, need } = words[kind];
        const list = examples.join(', ') + (count > examples.length ? ', …' : '');
        return unreadable(
          'file',
          file,
          {
            en: `${count === 1 ? one : many.replace('#', String(count))}: ${list}`,
            zh: `${zh.replace('#', String(count))}：${list}`,
          },
          need,
        );
      }),
  };
}

function shortened(text: string): string {
  return text.length > longestExample ? `${text.slice(0, longestExample)}…` : text;
}

/** `#` stands for the number. */
interface GapWords {
  readonly one: string;
  readonly many: string;
  readonly zh: string;
  readonly need: Text;
}

const products: Text = {
  en: 'a package URL (`pkg:TYPE/NAME@VERSION`) or the digest of an image',
  zh: '包 URL（`pkg:类型/名称@版本`）或镜像摘要',
};

const words = {
  'without-vulnerability': {
    one: 'a statement names no vulnerability',
    many: '# statements name no vulnerability',
    zh: '# 条声明没有指明漏洞',
    need: { en: 'the name of a vulnerability, as CVE-2024-1', zh: '漏洞名称，例如 CVE-2024-1' },
  },
  'without-status': {
    one: 'a statement has no status that is known',
    many: '# statements have no status that is known',
    zh: '# 条声明没有可识别的状态',
    need: {
      en: 'one of the states of the format: affected, not affected, fixed, under investigation',
      zh: '该格式规定的状态之一：受影响、不受影响、已修复、调查中',
    },
  },
  'without-product': {
    one: 'a statement is about no product',
    many: '# statements are about no product',
    zh: '# 条声明没有指明产品',
    need: products,
  },
  'unknown-product': {
    one: 'a product has neither a package URL nor the digest of an image',
    many: '# products have neither a package URL nor the digest of an image',
    zh: '# 个产品既没有包 URL（purl），也没有镜像摘要',
    need: products,
  },
  'unknown-reference': {
    one: 'a reference leads to nothing in the document',
    many: '# references lead to nothing in the document',
    zh: '# 处引用在文档中找不到目标',
    need: {
      en: 'the component in the same document, or a reference that is its package URL',
      zh: '同一文档中的组件，或本身即为包 URL 的引用',
    },
  },
  'unknown-platform': {
    one: 'a product belongs to a platform that cannot be told from a package URL, an image or a known CPE',
    many: '# products belong to platforms that cannot be told from a package URL, an image or a known CPE',
    zh: '# 个产品所属的平台无法从包 URL、镜像或已知 CPE 判定',
    need: {
      en: 'a package URL or the CPE of a distribution for what the product is a component of',
      zh: '为其所属平台提供包 URL 或发行版的 CPE',
    },
  },
  'version-range': {
    one: 'a range of versions cannot be applied',
    many: '# ranges of versions cannot be applied',
    zh: '# 个版本范围无法应用',
    need: { en: 'single versions', zh: '逐一列出的版本' },
  },
  'too-deep': {
    one: 'products refer to each other in a circle or too deep',
    many: 'products refer to each other in a circle or too deep in # places',
    zh: '# 处产品相互引用成环或层级过深',
    need: { en: 'a tree of products without circles and with fewer levels', zh: '没有循环且层级更少的产品树' },
  },
  'too-many': {
    one: 'one statement or product too many was left out',
    many: '# statements or products too many were left out',
    zh: '声明或产品过多，省略了 # 个',
    need: { en: 'several smaller documents', zh: '拆分为多个较小的文档' },
  },
  'newer-format': {
    one: 'the document is of a version of its format that is not known',
    many: 'the document is of versions of its format that are not known',
    zh: '该文档所用的格式版本未知',
    need: {
      en: 'OpenVEX up to 0.2.0, CycloneDX 1.4 to 1.7 or CSAF 2.0',
      zh: 'OpenVEX（至 0.2.0）、CycloneDX 1.4 至 1.7 或 CSAF 2.0',
    },
  },
} as const satisfies Readonly<Record<string, GapWords>>;
