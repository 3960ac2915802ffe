import { defineControl } from '../../model/control.ts';
import type { ClientEndpoint } from '../../model/engine.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';

export const daemonClientTls = defineControl({
  id: 'daemon-client-tls',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Clients verify the remote engines that they use', zh: '客户端验证其所用的远程引擎' },
  why: {
    en: 'A client that does not check who answers can be led to another machine, and hands it registry passwords, build contexts and secrets; on plain TCP anyone on the way reads along.',
    zh: '客户端若不验证对端身份，可能被引向另一台机器，把镜像仓库密码、构建上下文和机密一并交出；使用明文 TCP 时，途中任何人都能窃听。',
  },
  how: {
    en: 'Looks at DOCKER_HOST and at the contexts of the user who runs Plimsoll. An endpoint over TCP must verify the certificate of the engine; ssh and local sockets pass.',
    zh: '检查 DOCKER_HOST 以及运行 Plimsoll 的用户的 context。TCP 端点必须验证引擎证书；ssh 和本地套接字通过。',
  },
  references: {
    cisDocker: ['2.7'],
    nist800190: ['4.3.2'],
    links: ['https://docs.docker.com/engine/manage-resources/contexts/'],
  },
  engines: ['docker'],

  judge({ clients }) {
    if (!clients.known) return unknownFrom(clients);
    const remote = clients.value.filter((endpoint) => isRemote(endpoint));
    const evidence = remote.map((endpoint) => evidenceFor(endpoint));
    if (remote.length === 0) {
      return notApplicable(
        { en: 'No client here is set up for a remote engine.', zh: '本机没有客户端配置为使用远程引擎。' },
        { source: clients.source, path: clients.path, value: [] },
      );
    }
    const faults = remote.filter((endpoint) => isUnverified(endpoint));
    if (faults.length === 0) {
      return pass({ en: 'Clients verify every remote engine.', zh: '客户端对每个远程引擎都做了验证。' }, evidence);
    }
    const names = faults.map(({ name, host }) => `${name} (${withoutPassword(host)})`);
    return fail(
      {
        en: `The engine is not verified by ${names.join(', ')}.`,
        zh: `以下端点未验证引擎：${names.join('、')}。`,
      },
      faults.map((endpoint) => evidenceFor(endpoint)),
    );
  },

  remedy({ clients }) {
    const faulty = clients.known ? clients.value.filter((endpoint) => isUnverified(endpoint)) : [];
    return byHand(
      {
        en: 'Reach the engine over ssh://, or give the context the CA, a certificate and its key; with DOCKER_HOST, set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.',
        zh: '改用 ssh:// 访问引擎，或为 context 配置 CA、证书和私钥；使用 DOCKER_HOST 时，设置 DOCKER_TLS_VERIFY=1 和 DOCKER_CERT_PATH。',
      },
      faulty.map(({ source, name }) =>
        source === 'environment'
          ? 'export DOCKER_HOST=ssh://USER@HOST'
          : `docker context update '${name.replaceAll("'", String.raw`'\''`)}' --docker host=ssh://USER@HOST`,
      ),
    );
  },
});

function schemeOf({ host }: ClientEndpoint): string {
  return /^(\w+):\/\//.exec(host.trim())?.[1]?.toLowerCase() ?? 'tcp';
}

function isOverTcp(endpoint: ClientEndpoint): boolean {
  return ['tcp', 'http', 'https'].includes(schemeOf(endpoint));
}

function isUnverified(endpoint: ClientEndpoint): boolean {
  return isRemote(endpoint) && isOverTcp(endpoint) && !endpoint.verified;
}

function isRemote(endpoint: ClientEndpoint): boolean {
  return endpoint.host.trim() !== '' && (isOverTcp(endpoint) || schemeOf(endpoint) === 'ssh');
}

function withoutPassword(host: string): string {
  return host.replace(/^(\s*(?:\w+:\/\/)?[^/@:]*):[^/]*@/, '$1@');
}

function evidenceFor({ source, path, host, verified }: ClientEndpoint): Evidence {
  return { source, path, value: { host: withoutPassword(host), verified } };
}
