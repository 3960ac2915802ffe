import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { isSystemPackage } from '../../model/package.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom, type Verdict } from '../../model/verdict.ts';
import type { ImageFacts } from '../../model/image.ts';
import { type KeptPackage, keptPackages } from '../dockerfile/kept-packages.ts';
import { runsIn, stepsBeyondBase, toldHistory } from './history.ts';
import { bareConfiguration, inspected, stepEvidence } from './names-of-image.ts';
import { notableFiles, evidenceOfFiles, lookedAt, unseenPart } from './inside.ts';
import { imagePort } from './exposed-port.ts';
import { startField } from './start-field.ts';
import { startedPrograms } from '../container/started-program.ts';

const sshPort = 22;
const servers = new Set(['sshd', 'dropbear', 'tinysshd']);

export const imageNoSshServer = defineControl({
  id: 'image-no-ssh-server',
  subject: 'image',
  severity: 'medium',
  looksAt: 'either',
  title: { en: 'No SSH server was installed in the image', zh: '镜像中未安装 SSH 服务' },
  why: {
    en: 'An SSH server is one more way into every container of the image, with host keys that all of them share and passwords that nobody rotates.',
    zh: 'SSH 服务为该镜像的每个容器多开了一个入口，所有容器共用主机密钥，口令也无人轮换。',
  },
  how: {
    en: 'Looks at what the image starts, at port 22 among those that it declares, and where it was opened at its programs and packages, and at keys that let somebody log in. Otherwise it looks in the history for packages that bring a server and were not removed again. Clients pass. Steps of a base that is here are judged with that base.',
    zh: '检查镜像启动的程序、声明的端口中是否有 22，若已打开镜像，还检查其中的程序、软件包和可用于登录的公钥；否则检查历史记录中安装且未再移除的服务端软件包。客户端不算。本机上的基础镜像的步骤在检查该镜像时判断。',
  },
  references: {
    cisDocker: ['5.7'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/reference/cli/docker/container/exec/'],
  },
  parameters: {
    packages: {
      default: [
        'openssh-server',
        'openssh-server-pam',
        'dropbear',
        'dropbear-bin',
        'dropbear-run',
        'tinysshd',
      ] as readonly string[],
      description: { en: 'Packages that bring an SSH server.', zh: '包含 SSH 服务端的软件包。' },
    },
  },
  counterexample: { configuration: { ...bareConfiguration, exposedPorts: ['22/tcp'] } },

  judge(image, { machine, parameters: { packages } }) {
    const { configuration } = image;
    const program = startedPrograms(configuration).find((name) => servers.has(name));
    if (program !== undefined) {
      const { field, path } = startField(configuration, program);
      return fail({ en: `It starts ${program}.`, zh: `它会启动 ${program}。` }, inspected(path, program), field);
    }
    const port = configuration.exposedPorts
      .map(imagePort)
      .find((each) => each?.protocol === 'tcp' && each.from <= sshPort && sshPort <= each.to);
    if (port) {
      return fail(
        { en: 'It declares port 22, as SSH servers do.', zh: '声明了 SSH 服务使用的 22 端口。' },
        inspected('Config.ExposedPorts', port.text),
        'configuration.exposedPorts',
      );
    }
    const inside = judgeInside(image, packages);
    if (inside) return inside;
    const steps = stepsBeyondBase(image, machine);
    const kept = keptPackages(runsIn(steps)).find((each) => packages.includes(each.name) || bringsServer(each));
    if (kept) {
      const at = steps.find(({ step }) => step.script?.commands.some(({ words }) => words.includes(kept.word)));
      return fail(
        { en: `${kept.name} was installed, an SSH server.`, zh: `安装了 SSH 服务端 ${kept.name}。` },
        stepEvidence(at?.index ?? 0, kept.name),
        'history',
      );
    }
    const unseen = image.contents && unseenPart(image.contents);
    if (unseen) return unknownFrom(unseen);
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    return pass(
      { en: 'Nothing installs, declares or starts an SSH server.', zh: '没有安装、声明或启动 SSH 服务。' },
      evidenceOf(history, history.value.length),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Build the image without the server, and use docker exec or kubectl exec for what it was there for.',
        zh: '构建不含 SSH 服务的镜像，改用 docker exec 或 kubectl exec。',
      },
      [],
      'rebuild',
    );
  },
});

/** What is in it outranks what its history says was put there. Nothing is said of an image that was not opened, or only in part. */
function judgeInside({ contents }: ImageFacts, packages: readonly string[]): Verdict | undefined {
  if (!contents) return undefined;
  const [server] = notableFiles(contents, ['ssh-server']);
  if (server) {
    const found = { en: `It holds ${server.path}, an SSH server.`, zh: `含有 SSH 服务端 ${server.path}。` };
    return fail(found, evidenceOfFiles(notableFiles(contents, ['ssh-server']), contents), 'contents.files');
  }
  const brought = contents.packages.find(({ type, name }) => isSystemPackage({ type }) && packages.includes(name));
  if (brought) {
    return fail(
      { en: `${brought.name} is installed, an SSH server.`, zh: `安装了 SSH 服务端 ${brought.name}。` },
      { source: 'file', path: brought.path, value: `${brought.name} ${brought.version}` },
      'contents.packages',
    );
  }
  const keys = notableFiles(contents, ['authorized-keys']);
  if (keys[0]) {
    const said = { en: `${keys[0].path} lets somebody log in.`, zh: `${keys[0].path} 允许他人登录。` };
    return fail(said, evidenceOfFiles(keys, contents), 'contents.files');
  }
  const unseen = unseenPart(contents);
  // Only a history can still tell of what was not seen; a bill of materials tells of no files.
  if (unseen || contents.fileCount === 0) return undefined;
  return pass(
    { en: 'It holds no SSH server, and starts and declares none.', zh: '不含 SSH 服务，也未声明或启动。' },
    lookedAt(contents),
  );
}

/** Some distributions have client and server in one package. */
function bringsServer({ name, manager }: KeptPackage): boolean {
  return (
    (name === 'openssh' && (manager === 'apk' || manager === 'zypper')) || (name === 'ssh' && manager.startsWith('apt'))
  );
}
