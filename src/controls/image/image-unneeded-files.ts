import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageUnneededFiles = defineControl({
  id: 'image-unneeded-files',
  subject: 'image',
  severity: {
    usual: 'low',
    note: {
      en: 'Medium where it tells secrets: a repository, the memory of a crashed program, what somebody typed.',
      zh: '可能泄露机密时为中：代码仓库、崩溃程序的内存、输入历史。',
    },
    of: ({ contents }) =>
      notableFiles(contents, ['unneeded']).some(({ detail }) => telling.has(detail)) ? 'medium' : 'low',
  },
  looksAt: 'contents',
  title: { en: 'The image holds no files of its own making', zh: '镜像中没有构建过程留下的文件' },
  why: {
    en: 'Repositories, Dockerfiles, histories of shells and core dumps tell an attacker how it was made, and often more: a repository has every secret that was ever committed.',
    zh: '代码仓库、Dockerfile、shell 历史和核心转储会告诉攻击者镜像如何构建，往往还不止于此：仓库中留有历来提交过的所有机密。',
  },
  how: {
    en: 'Looks for repositories, files of builds and pipelines, histories, core dumps and what editors leave behind. Packages of others and what the system brings are left out, as nobody here put it there.',
    zh: '查找代码仓库、构建与流水线文件、历史记录、核心转储和编辑器残留。第三方软件包和系统自带的内容不计，因其并非此处放入。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DKL-LI-0003'],
    links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  },
  parameters: {
    accepted: acceptedPaths({ en: 'Paths of files that may be so, with stars.', zh: '允许的文件路径，可用星号。' }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'unneeded', path: '/app/.git', detail: 'repository' }) },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['unneeded'], accepted).filter(({ ownedBy }) => ownedBy === undefined),
      fails: (found) => {
        const { en, zh } = listed(found.map(({ path }) => path));
        return { en: `It holds what only its making needs: ${en}.`, zh: `含有仅构建时需要的文件：${zh}。` };
      },
      passes: { en: 'Nothing of its making is left in it.', zh: '没有构建过程留下的文件。' },
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Name them in .dockerignore, or copy only what the service needs.',
        zh: '在 .dockerignore 中排除这些文件，或只复制服务所需的内容。',
      },
      ["printf '%s\\n' .git Dockerfile* compose*.yaml >> .dockerignore"],
      'rebuild',
    );
  },
});

/** What holds more than it seems to. */
const telling: ReadonlySet<string> = new Set(['repository', 'core dump', 'history']);
