import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { listed } from '../container/listing.ts';
import { acceptedPaths, hasFiles, judgeFiles, notableFiles } from './inside.ts';

export const imageFilesUnchanged = defineControl({
  id: 'image-files-unchanged',
  subject: 'image',
  severity: 'medium',
  looksAt: 'contents',
  title: { en: 'Files of packages are as their packages brought them', zh: '软件包的文件与发布时一致' },
  why: {
    en: 'A program of a package that was replaced is one that no update mends and no advisory speaks of. This is also how a back door looks.',
    zh: '被替换的软件包程序，更新不会修复，安全公告也不会提及；后门也是这副模样。',
  },
  how: {
    en: 'Holds files against the checksums that their packages brought: those that were written after their package, that stand in a later layer or that run with the rights of another user, and all of them in a thorough scan. Configuration in /etc is meant to be changed and is left out.',
    zh: '将文件与其软件包自带的校验和比对：在软件包之后写入的、位于后续层的、以其他用户权限运行的文件，彻底扫描时则比对全部文件。/etc 中的配置本就供人修改，不作检查。',
  },
  references: { nist800190: ['4.1.3'], links: ['https://man7.org/linux/man-pages/man1/dpkg.1.html'] },
  parameters: {
    accepted: acceptedPaths({ en: 'Paths of files that may be so, with stars.', zh: '允许的文件路径，可用星号。' }),
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'changed-package-file', path: '/usr/bin/login', detail: 'md5' }) },

  judge(image, { parameters: { accepted } }) {
    return judgeFiles(image, {
      found: notableFiles(image.contents, ['changed-package-file'], accepted),
      fails: (found) => {
        const { en, zh } = listed(found.map(({ path }) => path));
        return {
          en: `Files differ from what their packages brought: ${en}.`,
          zh: `以下文件与软件包发布的内容不同：${zh}。`,
        };
      },
      passes: { en: 'No file of a package was found changed.', zh: '未发现被改动的软件包文件。' },
      places: ['checksums of packages'],
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Find out what changed them. Install the package again in the Dockerfile, or put your own file elsewhere, such as /usr/local.',
        zh: '查明改动原因。在 Dockerfile 中重新安装软件包，或将自有文件放到 /usr/local 等其他位置。',
      },
      [],
      'rebuild',
    );
  },
});
