import { defineControl } from '../../model/control.ts';
import type { FileStatus } from '../../model/host-file.ts';
import { noMoreThan } from '../host/file-mode.ts';

export const registryCertFileMode = defineControl({
  ...noMoreThan('registry-certificate', widestOf),
  id: 'registry-cert-file-mode',
  severity: 'medium',
  title: {
    en: 'Certificates of registries can be written to by nobody, and keys be read by root alone',
    zh: '镜像仓库的证书文件任何人都不可写，私钥仅 root 可读',
  },
  why: {
    en: 'Whoever can write to these files decides which server the engine takes for the registry, and so which images it runs. A key that others can read lets them log in to the registry as this host.',
    zh: '能写入这些文件的人可以决定引擎把哪台服务器当作镜像仓库，也就决定了运行哪些镜像。私钥若可被他人读取，他人便能以本机身份登录镜像仓库。',
  },
  how: {
    en: 'Looks at every file in the folders of registries in certs.d, links followed. Modes are compared bit by bit: at most 0444, and 0400 for files that end in .key.',
    zh: '查看 certs.d 下各镜像仓库目录中的每个文件，并解析符号链接。权限逐位比较：最多 0444，以 .key 结尾的文件最多 0400。',
  },
  references: { cisDocker: ['3.8'], nist800190: ['4.5.4'] },
});

/** The benchmark grants 0444 to keys too; but a client's private key is no certificate. */
function widestOf({ path }: FileStatus): number {
  return path.endsWith('.key') ? 0o400 : 0o444;
}
