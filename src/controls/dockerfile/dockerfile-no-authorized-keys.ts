import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { imageInstructions } from './image-instructions.ts';
import { runCommands } from './run-commands.ts';
import { fileName, filesOfCommand, filesOfCopy, type WrittenFile } from './written-files.ts';

export const dockerfileNoAuthorizedKeys = defineControl({
  id: 'dockerfile-no-authorized-keys',
  subject: 'dockerfile',
  severity: 'high',
  title: { en: 'The image brings no authorized_keys', zh: '镜像不自带 authorized_keys' },
  why: {
    en: 'Whoever holds the matching key can log in to every container of the image, and taking the access away means building and rolling out the image again.',
    zh: '持有对应私钥的人可以登录该镜像的所有容器，而要收回这一权限就必须重新构建并重新部署镜像。',
  },
  how: {
    en: 'Looks at what RUN, COPY and ADD write in the stages that make the image, by file name, and at ssh-import-id and ssh-copy-id. Permissions, removal and empty files are no finding.',
    zh: '检查构成镜像的各阶段中 RUN、COPY、ADD 写入的文件名，以及 ssh-import-id 和 ssh-copy-id。仅修改权限、删除文件或创建空文件不算问题。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    links: ['https://docs.docker.com/reference/cli/docker/container/exec/'],
  },
  counterexample: {
    bad: 'FROM debian:13\nCOPY team.pub /root/.ssh/authorized_keys\n',
    good: 'FROM debian:13\n',
  },

  judge(file) {
    const instructions = imageInstructions(file);
    const copied = instructionsOf(instructions, ['copy', 'add'], { onbuild: true }).flatMap((copy) => {
      const named = copy.sources.find(({ text }) => isKeyList(text));
      const [first] = [
        ...filesOfCopy(copy).filter(({ path }) => isKeyList(path)),
        ...(named ? [{ path: fileName(named.text), span: named.span }] : []),
      ];
      return first ? [first] : [];
    });
    const run = runCommands(instructions).flatMap(({ command }): WrittenFile[] => {
      if (/^ssh-(?:import-id(?:-\w+)?|copy-id)$/.test(command.program)) {
        return [{ path: command.program, span: command.span }];
      }
      return filesOfCommand(command)
        .filter(({ path }) => isKeyList(path))
        .slice(0, 1);
    });
    const failures = [...copied, ...run].map(({ path, span }) =>
      failAt(
        { en: 'It installs keys that may log in by SSH.', zh: '安装了允许 SSH 登录的公钥。' },
        file.locate(span),
        path,
        span,
      ),
    );
    return failures.length > 0
      ? failures
      : pass({ en: 'Nothing installs authorized_keys.', zh: '没有指令安装 authorized_keys。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Take the keys out, and use docker exec or kubectl exec. A container that must be an SSH server gets its keys mounted at run time.',
        zh: '移除这些公钥，改用 docker exec 或 kubectl exec。确需充当 SSH 服务的容器应在运行时挂载公钥。',
      },
      [],
      'rebuild',
    );
  },
});

function isKeyList(path: string): boolean {
  return /^authorized_keys2?$/.test(fileName(path));
}
