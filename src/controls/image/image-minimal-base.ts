import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import type { ImageContents } from '../../model/image-contents.ts';
import type { NotableFile } from '../../model/notable-file.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { listed } from '../container/listing.ts';
import { hasFiles, judgeFiles, notableFiles } from './inside.ts';

/** What the reader of files calls them, and what people do. */
const sorts: ReadonlyMap<string, Text> = new Map([
  ['compiler', { en: 'compilers', zh: '编译器' }],
  ['debugger', { en: 'debuggers', zh: '调试器' }],
  ['network', { en: 'network tools', zh: '网络工具' }],
  ['package-manager', { en: 'package managers', zh: '软件包管理器' }],
  ['shell', { en: 'shells', zh: 'shell' }],
]);

export const imageMinimalBase = defineControl({
  id: 'image-minimal-base',
  subject: 'image',
  severity: {
    usual: 'medium',
    note: { en: 'Low where there are only package managers and shells.', zh: '仅有软件包管理器和 shell 时为低。' },
    of: ({ contents }) =>
      notableFiles(contents, ['tool']).some((file) => /^(?:compiler|debugger|network)$/.test(sortOf(file)))
        ? 'medium'
        : 'low',
  },
  looksAt: 'contents',
  title: { en: 'The image holds only what its service needs', zh: '镜像只包含服务所需的内容' },
  why: {
    en: 'Compilers, package managers and network tools are what an intruder fetches and builds the next step with. Where they are missing, many attacks end; and what is not there has no flaws to be mended.',
    zh: '入侵者正是用编译器、软件包管理器和网络工具获取并构建后续工具。没有它们，许多攻击便无以为继；不存在的软件也没有漏洞要修。',
  },
  how: {
    en: 'Looks in the folders for programs for compilers, debuggers, network tools and package managers, of the system and of languages. Shells are only asked for where the parameter names them. A link to busybox counts as what it is called.',
    zh: '在程序文件夹中查找编译器、调试器、网络工具，以及系统和各语言的软件包管理器。只有参数列出 shell 时才检查 shell。指向 busybox 的链接按其名称计。',
  },
  references: {
    cisDocker: ['4.3'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  parameters: {
    unwanted: {
      default: ['compiler', 'debugger', 'network', 'package-manager'] as readonly string[],
      description: {
        en: 'Sorts of programs that are not to be there: compiler, debugger, network, package-manager, shell.',
        zh: '不应存在的程序类别：compiler、debugger、network、package-manager、shell。',
      },
    },
    accepted: {
      default: [] as readonly string[],
      description: { en: 'Names of programs that may be there: curl.', zh: '允许存在的程序名称，例如 curl。' },
    },
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'tool', path: '/usr/bin/gcc', detail: 'compiler gcc' }) },

  judge(image, { parameters: { unwanted, accepted } }) {
    const found = notableFiles(image.contents, ['tool']).filter(
      (file) => unwanted.includes(sortOf(file)) && !accepted.includes(nameOf(file)),
    );
    return judgeFiles(image, {
      found: distinct(found),
      fails: (all) => saidOf(all, image.contents),
      passes: { en: 'It holds none of the tools that intruders look for.', zh: '不含入侵者所需的工具。' },
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Build in one stage, and copy the result into another that starts from a small base: distroless, or a slim or static variant.',
        zh: '在一个阶段构建，再把结果复制到以小型基础镜像（distroless、slim 或 static 变体）开始的另一阶段。',
      },
      ['FROM gcr.io/distroless/static-debian13', 'COPY --from=build /out/web /web'],
      'rebuild',
    );
  },
});

/** `compiler gcc`: its sort and its name. */
function sortOf({ detail }: NotableFile): string {
  return detail.slice(0, detail.indexOf(' '));
}

function nameOf({ detail }: NotableFile): string {
  return detail.slice(detail.indexOf(' ') + 1);
}

/** A compiler goes by several names: `gcc-12`, `x86_64-linux-gnu-gcc-12`. */
function distinct(found: readonly NotableFile[]): NotableFile[] {
  return [...new Map(found.toReversed().map((file) => [file.detail, file])).values()].toReversed();
}

function saidOf(found: readonly NotableFile[], contents: ImageContents | undefined): Text {
  const parts = [...Map.groupBy(found, sortOf)].map(([sort, files]) => {
    const names = listed(files.map(nameOf), 4);
    const words = sorts.get(sort) ?? { en: sort, zh: sort };
    return { en: `${words.en} (${names.en})`, zh: `${words.zh}（${names.zh}）` };
  });
  const { en, zh } = listed(parts);
  const count = contents?.packages.length ?? 0;
  if (count === 0) return { en: `It holds ${en}.`, zh: `含有 ${zh}。` };
  return { en: `It holds ${en}, and ${count} packages.`, zh: `含有 ${zh}，共 ${count} 个软件包。` };
}
