import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { isLoopback } from '../../model/internet-address.ts';
import { reloadCommands } from './engine-service.ts';
import { changeSettings } from './setting-change.ts';

export const daemonNoInsecureRegistries = defineControl({
  id: 'daemon-no-insecure-registries',
  subject: 'engine',
  severity: 'high',
  title: { en: 'No registry is exempt from TLS', zh: '任何镜像仓库都不得免除 TLS' },
  why: {
    en: 'From a registry without TLS, or with a certificate that nobody checks, anyone on the way can hand out images of his own and read the password with which they are fetched.',
    zh: '镜像仓库不使用 TLS 或证书不受验证时，途中任何人都能替换镜像，并窃取拉取所用的密码。',
  },
  how: {
    en: 'Asks the running engine which registries it allows without TLS. Those on the loopback of the host, which it always allows, do not count.',
    zh: '查询运行中的引擎允许哪些镜像仓库不使用 TLS。主机回环地址上的仓库一向被允许，不计入。',
  },
  references: {
    cisDocker: ['2.5'],
    nist800190: ['4.2.1'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  engines: ['docker'],
  counterexample: { 'insecure-registries': ['registry.example:5000'] },

  judge({ info }) {
    if (!info.known) return unknownFrom(info);
    const exempt = exemptRegistries(info.value);
    if (exempt.length === 0) {
      return pass(
        { en: 'Every registry must use TLS.', zh: '所有镜像仓库都必须使用 TLS。' },
        evidenceOf(info, info.value.insecureRegistries, `${info.path} RegistryConfig`),
      );
    }
    return fail(
      {
        en: `TLS is not demanded of ${exempt.join(', ')}.`,
        zh: `以下镜像仓库未强制使用 TLS：${exempt.join('、')}。`,
      },
      evidenceOf(info, exempt, `${info.path} RegistryConfig`),
      'insecure-registries',
    );
  },

  remedy(engine) {
    const written = daemonSetting(engine, 'insecure-registries');
    const entries = written.known && Array.isArray(written.value) ? written.value.map(String) : [];
    // Entries on loopback do no harm, and somebody wrote them.
    const kept = entries.filter((entry) => isOnLoopback(entry));
    if (kept.length === entries.length) {
      return byHand(
        {
          en: 'The settings no longer name these registries: let the engine read them again.',
          zh: '设置中已没有这些仓库：让引擎重新加载配置。',
        },
        reloadCommands(engine),
        'reload',
      );
    }
    return changeSettings(
      engine,
      { 'insecure-registries': kept.length > 0 ? kept : null },
      {
        en: 'Take these registries off the list. Give them a certificate first, and for a CA of your own put its certificate into /etc/docker/certs.d/REGISTRY/ca.crt: until then nothing can be pulled from them.',
        zh: '从列表中移除这些仓库。请先为其配置证书；若使用自建 CA，将其证书放入 /etc/docker/certs.d/仓库/ca.crt，否则将无法从中拉取镜像。',
      },
    );
  },
});

function exemptRegistries({ insecureRegistries, registries }: EngineInfo): string[] {
  const indexes = Object.entries(registries).flatMap(([name, secure]) => (secure ? [] : [name]));
  return [...new Set([...insecureRegistries, ...indexes])].filter((entry) => !isOnLoopback(entry));
}

/** A range (`127.0.0.0/8`) or a registry (`localhost:5000`, `[::1]:5000`). */
function isOnLoopback(entry: string): boolean {
  if (entry.includes('/')) return isLoopback(entry);
  const [, bracketed, plain = ''] = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/.exec(entry) ?? [undefined, undefined, entry];
  return isLoopback(bracketed ?? plain);
}
