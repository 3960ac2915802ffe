import { defineControl } from '../../model/control.ts';
import { instructionsOf } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';
import { type ExposedPort, exposedPorts } from './exposed-ports.ts';
import { imageInstructions } from './image-instructions.ts';

const none: readonly string[] = [];

export const dockerfileExposeMinimal = defineControl({
  id: 'dockerfile-expose-minimal',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Only ports of the service are exposed', zh: '只暴露服务所需的端口' },
  why: {
    en: 'docker run -P and many tools publish whatever is declared, and a declared port of a remote administration says that such a service runs in the image.',
    zh: 'docker run -P 和许多工具会发布所有已声明的端口；声明远程管理端口则说明镜像内运行着此类服务。',
  },
  how: {
    en: 'Compares each port of EXPOSE in the stages that make the image with the accepted ones, where such a list is set, else with the ports of remote administration and unencrypted login. Port 22 is asked about by a control of its own.',
    zh: '将构成镜像的各阶段中 EXPOSE 的每个端口与允许清单比对；未设清单时，与远程管理和明文登录端口比对。22 端口由单独的控制项检查。',
  },
  references: {
    cisDocker: ['5.9'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/reference/dockerfile/#expose'],
  },
  parameters: {
    accepted: {
      default: none,
      description: {
        en: 'The only ports that may be exposed: 8080, 53/udp, 9000-9100. Empty: any that is not for administration.',
        zh: '允许暴露的端口，例如 8080、53/udp、9000-9100。留空表示除管理端口外均可。',
      },
    },
    administration: {
      default: [21, 23, 69, 111, 135, 139, 445, 512, 513, 514, 2375, 2376, 3389, 5900, 5985, 5986, 10250],
      description: {
        en: 'Ports of remote administration and unencrypted login.',
        zh: '远程管理与明文登录所用的端口。',
      },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nEXPOSE 23\n',
    good: 'FROM debian:13\nEXPOSE 8080\n',
  },

  judge(file, { parameters: { accepted, administration } }) {
    const instructions = imageInstructions(file);
    const ports = exposedPorts(instructions);
    const failures = ports
      .filter((port) =>
        accepted.length > 0
          ? !accepted.some((entry) => covers(entry, port))
          : administration.some((each) => port.from <= each && each <= port.to),
      )
      .map(({ text, span }) =>
        failAt(
          accepted.length > 0
            ? { en: `Port ${text} is not on the list.`, zh: `端口 ${text} 不在清单中。` }
            : { en: `Port ${text} is one of remote administration.`, zh: `端口 ${text} 用于远程管理。` },
          file.locate(span),
          text,
          span,
        ),
      );
    if (failures.length > 0) return failures;
    const open = instructionsOf(instructions, ['expose'])
      .flatMap(({ words }) => words)
      .find(({ value }) => value === undefined);
    return open
      ? unknown(
          { en: `Which port ${open.text} is, is not known.`, zh: `无法确定 ${open.text} 是哪个端口。` },
          { en: 'a default value for its ARG', zh: '为相应的 ARG 提供默认值' },
          { source: 'file', path: 'EXPOSE', value: open.text },
        )
      : pass(
          { en: 'It exposes only ports of its service.', zh: '只暴露了服务所需的端口。' },
          { source: 'file', path: 'EXPOSE', value: ports.map(({ text }) => text) },
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Take the port out of EXPOSE, and the service behind it out of the image.',
        zh: '从 EXPOSE 中移除该端口，并从镜像中移除对应的服务。',
      },
      [],
      'rebuild',
    );
  },
});

function covers(entry: string, { from, to, protocol }: ExposedPort): boolean {
  const [, first, last, named = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(entry.trim()) ?? [];
  return (
    first !== undefined && named.toLowerCase() === protocol && Number(first) <= from && to <= Number(last ?? first)
  );
}
