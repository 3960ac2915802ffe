import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { bareConfiguration, inspected } from './names-of-image.ts';
import { imagePort, type ImagePort } from './exposed-port.ts';

export const imageExposedPortsMinimal = defineControl({
  id: 'image-exposed-ports-minimal',
  subject: 'image',
  severity: 'low',
  title: { en: 'The image declares only ports of its service', zh: '镜像只声明服务所需的端口' },
  why: {
    en: 'Whatever is declared is published by docker run -P and by many tools, and a declared port of remote administration says that such a service is in the image.',
    zh: 'docker run -P 和许多工具会发布所有已声明的端口；声明远程管理端口则说明镜像内有此类服务。',
  },
  how: {
    en: 'Compares the declared ports with the accepted ones, where such a list is set, else with those of remote administration and unencrypted login. Port 22 is asked about by image-no-ssh-server.',
    zh: '将声明的端口与允许清单比对；未设清单时，与远程管理和明文登录端口比对。22 端口由 image-no-ssh-server 检查。',
  },
  references: {
    cisDocker: ['5.9'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/reference/dockerfile/#expose'],
  },
  parameters: {
    accepted: {
      default: [] as readonly string[],
      description: {
        en: 'The only ports that images may declare: 8080, 53/udp, 9000-9100. Empty: any that is not for administration.',
        zh: '允许镜像声明的端口，例如 8080、53/udp、9000-9100。留空表示除管理端口外均可。',
      },
    },
    administration: {
      // 514 is not one of them: what listens there is syslog.
      default: [23, 512, 513, 2375, 3389, 5900, 5985] as readonly number[],
      description: {
        en: 'TCP ports of remote administration and unencrypted login.',
        zh: '远程管理与明文登录所用的 TCP 端口。',
      },
    },
  },
  counterexample: { configuration: { ...bareConfiguration, exposedPorts: ['23/tcp'] } },

  judge({ configuration: { exposedPorts } }, { parameters: { accepted, administration } }) {
    const ranges = accepted.flatMap((each) => imagePort(each) ?? []);
    const wrong = exposedPorts
      .flatMap((each) => imagePort(each) ?? [])
      .filter((port) =>
        accepted.length > 0
          ? !ranges.some((range) => covers(range, port))
          : port.protocol === 'tcp' && administration.some((each) => port.from <= each && each <= port.to),
      );
    const evidence = inspected('Config.ExposedPorts', exposedPorts);
    if (wrong.length === 0) {
      return pass({ en: 'It declares only ports of its service.', zh: '只声明了服务所需的端口。' }, evidence);
    }
    const names = listed(wrong.map(({ text }) => text));
    return fail(
      accepted.length > 0
        ? { en: `Declared, and not on the list: ${names.en}.`, zh: `已声明但不在清单中：${names.zh}。` }
        : { en: `Declared for remote administration: ${names.en}.`, zh: `声明了远程管理端口：${names.zh}。` },
      evidence,
      'configuration.exposedPorts',
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

function covers(range: ImagePort, port: ImagePort): boolean {
  return range.protocol === port.protocol && range.from <= port.from && port.to <= range.to;
}
