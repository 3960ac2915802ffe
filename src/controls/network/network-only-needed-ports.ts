import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { openedPorts, portText } from './opened-ports.ts';

export const networkOnlyNeededPorts = defineControl({
  id: 'network-only-needed-ports',
  subject: 'container',
  severity: 'medium',
  title: {
    en: 'Ports are published one by one, and only those that the site allows',
    zh: '端口逐一发布，且只发布站点允许的端口',
  },
  why: {
    en: 'With --publish-all every port that the image exposes is open on every address of the host, those for administration and debugging too, and what the next version of the image exposes as well.',
    zh: '使用 --publish-all 时，镜像声明的每个端口都会在主机的所有地址上开放，包括用于管理和调试的端口，也包括镜像下一版本新声明的端口。',
  },
  how: {
    en: 'Ports that are published must be on the list of the site, if it has one, and never all of the image at once. What listens in a container and is declared nowhere is asked by container-no-unneeded-services; what is exposed and not open is no harm.',
    zh: '发布的端口须在站点清单之内（若有清单），且不得一次发布镜像的全部端口。容器内监听却未声明的端口由 container-no-unneeded-services 检查；已声明而未监听的端口无害。',
  },
  references: {
    cisDocker: ['5.9'],
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/port-publishing/'],
  },
  parameters: {
    publishable: {
      default: [] as number[],
      description: {
        en: 'Ports of the host that may be published; empty: not asked.',
        zh: '允许发布的主机端口；为空则不检查。',
      },
    },
  },
  counterexample: { publishAllPorts: true },
  dialects: ['engine-api', 'docker-run'],

  judge(container, { parameters }) {
    if (container.publishAllPorts === true) {
      return fail(
        { en: 'Every port that its image exposes is published.', zh: '镜像声明的所有端口都被发布。' },
        configured(container, 'publishAllPorts', true),
        'publishAllPorts',
      );
    }
    const { publishable } = parameters;
    const opened = openedPorts(container);
    // One that the engine chooses is on no list.
    const others = opened.filter(
      ({ port: { hostPort = 0 } }) => publishable.length > 0 && !publishable.includes(hostPort),
    );
    const [first] = others;
    if (first) {
      const names = listed(others.map(({ port }) => portText(port)));
      return fail(
        { en: `These ports may not be published: ${names.en}.`, zh: `不在允许发布之列的端口：${names.zh}。` },
        others.map(({ field, port }) => configured(container, field, portText(port))),
        first.field,
      );
    }
    return pass(
      { en: 'No port is published that may not be.', zh: '没有发布不允许的端口。' },
      configured(
        container,
        'ports',
        opened.map(({ port }) => portText(port)),
      ),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Publish the ports that are used from outside one by one, each on its address.',
        zh: '逐一发布外部需要访问的端口，并分别指定地址。',
      },
      ['docker run --publish 127.0.0.1:8080:8080 …'],
      'recreate',
    );
  },
});
