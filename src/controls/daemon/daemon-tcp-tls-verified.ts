import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknown, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { apiListeners, formatListener, unprotectedListeners } from './api-listeners.ts';
import { changeSettings } from './setting-change.ts';
import { certificateKeys, tlsMode } from './tls-settings.ts';

export const daemonTcpTlsVerified = defineControl({
  id: 'daemon-tcp-tls-verified',
  subject: 'engine',
  severity: 'critical',
  title: { en: 'Every TCP listener demands client certificates', zh: '所有 TCP 监听均要求客户端证书' },
  why: {
    en: 'A TCP listener that does not ask for a certificate gives root on the host to anyone who can connect. Encryption alone only hides what the intruder does.',
    zh: '不要求证书的 TCP 监听，会把主机 root 权限交给任何能连上的人。仅有加密只是替入侵者掩盖行踪。',
  },
  how: {
    en: 'For each TCP listener of the API: tlsverify must be true, and the certificate files that the settings name must exist. tls alone is enough from 20.10 on, because the engine then verifies as well; tlsverify set to false encrypts without asking who is there. A warning of the running engine outranks the settings.',
    zh: '针对 API 的每个 TCP 监听：tlsverify 必须为 true，且设置中指定的证书文件必须存在。自 20.10 起仅设 tls 即可，引擎同样会验证；tlsverify 为 false 则只加密而不验证身份。运行中引擎的警告优先于设置。',
  },
  references: {
    cisDocker: ['2.7'],
    nist800190: ['4.3.2'],
    links: ['https://docs.docker.com/engine/security/protect-access/'],
  },
  engines: ['docker'],
  counterexample: { hosts: ['unix:///var/run/docker.sock', 'tcp://10.0.0.5:2376'], tlsverify: false },

  judge(engine, { machine }) {
    const listeners = apiListeners(engine, machine);
    if (!listeners.known) return unknownFrom(listeners);
    const names = listeners.value.tcp.map((listener) => formatListener(listener));
    const seen = evidenceOf(listeners, names);
    if (names.length === 0) {
      return notApplicable({ en: 'The API has no TCP listener.', zh: 'API 没有 TCP 监听。' }, seen);
    }
    const { info } = engine;
    const [warned] = info.known ? unprotectedListeners(info.value.warnings) : [];
    if (info.known && warned) {
      const name = formatListener(warned.listener);
      const message = warned.lacks === 'encryption' ? plain(name) : encrypted(name);
      return fail(message, [seen, evidenceOf(info, info.value.warnings, `${info.path} Warnings`)], 'tlsverify');
    }
    const mode = tlsMode(engine);
    if (!mode.known) return unknownFrom(mode);
    const evidence = [seen, evidenceOf(mode, mode.value)];
    if (mode.value === 'plain') return fail(plain(names.join(', ')), evidence, 'tlsverify');
    if (mode.value === 'encrypted') return fail(encrypted(names.join(', ')), evidence, 'tlsverify');
    return judgeFiles(engine, evidence);
  },

  remedy(engine) {
    const files = certificateFiles(engine);
    const { referencedFiles } = engine;
    const complete =
      files.length === certificateKeys.length &&
      files.every(({ path }) => referencedFiles.known && referencedFiles.value[path] === true);
    if (complete) {
      return changeSettings(
        engine,
        { tlsverify: true },
        {
          en: 'Set "tlsverify" to true: the certificates are already in place. Clients without one of their own are shut out.',
          zh: '将 "tlsverify" 设为 true：证书文件均已就位。没有证书的客户端将无法再连接。',
        },
      );
    }
    return byHand({
      en: 'Remove tcp:// from the hosts of the engine and let remote clients use ssh://. If TCP must stay: make a CA, a certificate for the engine and one for each client, and only then set tlsverify, tlscacert, tlscert and tlskey together, because dockerd does not start while one of the files is missing.',
      zh: '从引擎的 hosts 中移除 tcp://，让远程客户端改用 ssh://。若必须保留 TCP：先签发 CA、引擎证书和各客户端证书，再一并设置 tlsverify、tlscacert、tlscert、tlskey，因为缺少任一文件 dockerd 都无法启动。',
    });
  },
});

function plain(listeners: string): Text {
  return {
    en: `Anyone who can reach ${listeners} controls the engine: there is neither encryption nor a check of the client.`,
    zh: `任何能访问 ${listeners} 的人都能控制引擎：既无加密，也不验证客户端。`,
  };
}

function encrypted(listeners: string): Text {
  return {
    en: `Anyone who can reach ${listeners} controls the engine: the connection is encrypted, but no client certificate is asked for.`,
    zh: `任何能访问 ${listeners} 的人都能控制引擎：连接虽已加密，但不要求客户端证书。`,
  };
}

function certificateFiles(engine: EngineFacts): { key: string; path: string }[] {
  return certificateKeys.flatMap((key) => {
    const setting = daemonSetting(engine, key);
    return setting.known && typeof setting.value === 'string' ? [{ key, path: setting.value }] : [];
  });
}

function judgeFiles(engine: EngineFacts, evidence: readonly Evidence[]): Verdict {
  const { referencedFiles } = engine;
  const named = certificateFiles(engine);
  if (named.length > 0 && !referencedFiles.known) return unknownFrom(referencedFiles);
  const files = referencedFiles.known ? referencedFiles.value : {};
  const missing = named.find(({ path }) => files[path] === false);
  if (missing) {
    return fail(
      {
        en: `${missing.path} (${missing.key}) does not exist: the engine cannot check certificates after its next start.`,
        zh: `${missing.path}（${missing.key}）不存在：引擎下次启动后将无法验证证书。`,
      },
      [...evidence, { source: referencedFiles.source, path: missing.path, value: false }],
      missing.key,
    );
  }
  const unseen = named.find(({ path }) => files[path] === undefined);
  if (unseen) {
    return unknown(
      {
        en: `It was not checked whether ${unseen.path} (${unseen.key}) exists.`,
        zh: `未能检查 ${unseen.path}（${unseen.key}）是否存在。`,
      },
      { en: "run as root on the engine's own machine", zh: '在引擎所在机器上以 root 身份运行' },
      evidence,
    );
  }
  return pass({ en: 'Clients must show a certificate.', zh: '客户端必须出示证书。' }, evidence);
}
