import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { isLoopback } from '../../model/internet-address.ts';
import { reloadCommands } from '../daemon/engine-service.ts';

export const registryMirrorTrusted = defineControl({
  id: 'registry-mirror-trusted',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Mirrors of registries use TLS and are chosen ones', zh: '镜像加速地址使用 TLS 且经过选定' },
  why: {
    en: 'Whatever is pulled from Docker Hub by its tag comes from the mirror, and its word for which image that is counts. Over plain HTTP anybody on the way can answer in its place.',
    zh: '按标签从 Docker Hub 拉取的内容实际来自镜像加速地址，标签对应哪个镜像由它决定。使用明文 HTTP 时，途中任何人都能代它应答。',
  },
  how: {
    en: 'Asks the running engine for its mirrors. Each must be an https address, unless it is on the loopback of the host, and its host must be in the list of the site where there is one.',
    zh: '查询运行中引擎的镜像加速地址。除主机回环地址外，均须为 https；若站点给出了列表，主机名还须在列表中。',
  },
  references: {
    cisDocker: ['2.5'],
    nist800190: ['4.2.1'],
    links: ['https://docs.docker.com/docker-hub/image-library/mirror/'],
  },
  parameters: {
    trusted: {
      default: [] as string[],
      description: {
        en: 'Hosts of mirrors that may be used, with their port where they have one; none: any.',
        zh: '允许使用的镜像加速主机名，有端口时包含端口；为空表示不限制。',
      },
    },
  },
  engines: ['docker'],

  judge({ info }, { parameters }) {
    if (!info.known) return unknownFrom(info);
    const { mirrors } = info.value;
    const evidence = evidenceOf(info, mirrors.map(withoutLogin), `${info.path} RegistryConfig.Mirrors`);
    if (mirrors.length === 0) {
      return notApplicable({ en: 'The engine has no mirror.', zh: '引擎未配置镜像加速地址。' }, evidence);
    }
    const plain = mirrors.filter((mirror) => !isProtected(mirror)).map(withoutLogin);
    if (plain.length > 0) {
      return fail(
        { en: `Without TLS: ${plain.join(', ')}.`, zh: `未使用 TLS：${plain.join('、')}。` },
        evidence,
        'registry-mirrors',
      );
    }
    const { trusted } = parameters;
    const strangers = mirrors.filter((mirror) => trusted.length > 0 && !trusted.includes(hostIn(mirror)));
    if (strangers.length > 0) {
      const names = strangers.map(withoutLogin);
      return fail(
        { en: `Not among the chosen mirrors: ${names.join(', ')}.`, zh: `不在选定列表中：${names.join('、')}。` },
        evidence,
        'registry-mirrors',
      );
    }
    return pass(
      {
        en: 'Every mirror uses TLS or is on this host.',
        zh: '所有镜像加速地址均使用 TLS，或位于本机。',
      },
      evidence,
    );
  },

  remedy(engine) {
    return byHand(
      {
        en: 'Name only mirrors that you trust, with https, in registry-mirrors of daemon.json, or take the key away: images then come from Docker Hub itself.',
        zh: '在 daemon.json 的 registry-mirrors 中仅保留可信的 https 地址，或移除该键，改为直接从 Docker Hub 拉取。',
      },
      reloadCommands(engine),
      'reload',
    );
  },
});

function isProtected(mirror: string): boolean {
  return mirror.startsWith('https://') || isLoopback(URL.parse(mirror)?.hostname ?? '');
}

function hostIn(mirror: string): string {
  return URL.parse(mirror)?.host ?? mirror;
}

/** A mirror's address may have a password in it. */
function withoutLogin(mirror: string): string {
  return mirror.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
}
