import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

export const networkNoLegacyLinks = defineControl({
  id: 'network-no-legacy-links',
  subject: 'container',
  severity: 'low',
  title: { en: 'The container is not linked to others the old way', zh: '容器不使用旧式的容器链接' },
  why: {
    en: 'Most releases of the engine copy the variables of a linked container, its passwords among them, into this one; and a link opens a way through a bridge that keeps its members apart. Links are deprecated, and parts of them are due to be removed in Docker 30.',
    zh: '多数版本的引擎会把所链接容器的环境变量（包括其中的口令）复制到本容器；链接还会在隔离成员的网桥上开出通路。链接已被弃用，其部分功能计划在 Docker 30 中移除。',
  },
  how: {
    en: 'The list of links must be empty: HostConfig.Links, --link, or links of a Compose service on the default bridge. On any other network Compose makes them mere names.',
    zh: '链接列表（HostConfig.Links、--link 或接入默认网桥的 Compose 服务的 links）须为空。在其他网络中，Compose 的 links 只是别名。',
  },
  references: {
    links: ['https://docs.docker.com/engine/network/links/', 'https://docs.docker.com/engine/deprecated/'],
  },
  counterexample: { links: ['db:database'], namespaces: { network: 'bridge' }, networks: ['bridge'] },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container) {
    const { links = [] } = container;
    const evidence = configured(container, 'links', links);
    if (links.length === 0) return pass({ en: 'It has no links.', zh: '没有容器链接。' }, evidence);
    if (container.dialect === 'compose' && container.namespaces.network !== 'bridge') {
      return pass(
        {
          en: 'On a network of the project its links are only other names.',
          zh: '在项目自己的网络中，links 只是别名。',
        },
        evidence,
      );
    }
    const names = listed(links);
    return fail({ en: `It is linked to ${names.en}.`, zh: `容器链接到 ${names.zh}。` }, evidence, 'links');
  },

  remedy({ dialect }) {
    return byHand(
      dialect === 'compose'
        ? {
            en: 'Take network_mode and the links away: services of a project find each other by name. Keep another name as an alias of the network.',
            zh: '删除 network_mode 和 links：同一项目的服务可按名称互访。如需其他名称，在网络中设置别名。',
          }
        : {
            en: 'Put both containers on a network of their own, where they find each other by name, and make this one anew without the link.',
            zh: '将两个容器接入专用网络，使其按名称互访，并去掉链接后重建本容器。',
          },
      dialect === 'compose'
        ? []
        : ['docker network create NAME', 'docker network connect --alias ALIAS NAME CONTAINER'],
      'recreate',
    );
  },
});
