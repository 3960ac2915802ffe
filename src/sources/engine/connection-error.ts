import { PlimsollError, type ErrorCode } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';
import { type EngineAddress, formatAddress } from './address.ts';

export function timeoutError(address: EngineAddress, path: string, timeout: number): PlimsollError {
  const seconds = timeout / 1000;
  return new PlimsollError(
    'engine-timeout',
    {
      en: `${formatAddress(address)} did not answer GET ${path} within ${seconds} s`,
      zh: `${formatAddress(address)} 在 ${seconds} 秒内未应答 GET ${path}`,
    },
    {
      en: 'See whether the engine is stuck, or allow more with --timeout.',
      zh: '请检查引擎是否卡住，或用 --timeout 放宽时限。',
    },
  );
}

interface Cause {
  readonly code: ErrorCode;
  readonly text: (where: string) => Text;
  readonly advice: Text;
}

const causes: Readonly<Record<string, Cause>> = {
  ENOENT: {
    code: 'engine-not-found',
    text: (where) => ({ en: `there is no socket at ${where}`, zh: `${where} 处没有套接字` }),
    advice: {
      en: 'Start the engine, or name another one with --host, --context or DOCKER_HOST.',
      zh: '请启动引擎，或用 --host、--context 或 DOCKER_HOST 指定其他引擎。',
    },
  },
  EACCES: {
    code: 'engine-permission',
    text: (where) => ({ en: `this user may not open ${where}`, zh: `当前用户无权打开 ${where}` }),
    advice: {
      en: 'Run as root, or as a member of the group that owns the socket.',
      zh: '请以 root 或套接字所属组的成员身份运行。',
    },
  },
  ECONNREFUSED: {
    code: 'engine-unreachable',
    text: (where) => ({ en: `nothing listens at ${where}`, zh: `${where} 没有进程监听` }),
    advice: {
      en: 'Start the engine, or name another one with --host, --context or DOCKER_HOST.',
      zh: '请启动引擎，或用 --host、--context 或 DOCKER_HOST 指定其他引擎。',
    },
  },
  ENOTFOUND: {
    code: 'engine-unreachable',
    text: (where) => ({ en: `the host name in ${where} is not known`, zh: `${where} 中的主机名无法解析` }),
    advice: {
      en: 'Check the name in --host, the context or DOCKER_HOST.',
      zh: '请检查 --host、上下文或 DOCKER_HOST 中的主机名。',
    },
  },
};

const unreachable: Cause = {
  code: 'engine-unreachable',
  text: (where) => ({ en: `${where} cannot be reached`, zh: `无法连接 ${where}` }),
  advice: { en: 'Check the address and the network between here and there.', zh: '请检查地址以及到该地址的网络。' },
};

const wentAway: Cause = {
  code: 'engine-answer',
  text: (where) => ({ en: `${where} went away in the middle of an answer`, zh: `${where} 在应答过程中断开` }),
  advice: { en: 'See whether the engine restarted, and run again.', zh: '请检查引擎是否重启，然后重试。' },
};

/** Turns whatever the socket says into an error that a user can act on. */
export function connectionError(address: EngineAddress, path: string, error: Error & { code?: string }): PlimsollError {
  if (error instanceof PlimsollError) return error;
  const where = formatAddress(address);
  const code = error.code ?? '';
  if (isTlsError(code)) return tlsError(where, error);
  const cause = causes[code] ?? (isBroken(code, error) ? wentAway : undefined);
  if (cause) return new PlimsollError(cause.code, cause.text(where), cause.advice);
  if (code.startsWith('HPE_')) {
    return new PlimsollError(
      'engine-answer',
      { en: `${where} does not speak HTTP (GET ${path})`, zh: `${where} 的应答不是 HTTP（GET ${path}）` },
      { en: 'Check that a container engine listens there.', zh: '请确认监听在该地址的是容器引擎。' },
    );
  }
  return new PlimsollError(unreachable.code, unreachable.text(where), unreachable.advice);
}

function isBroken(code: string, error: Error): boolean {
  return ['ECONNRESET', 'EPIPE', 'ABORT_ERR'].includes(code) || /socket hang up|aborted/.test(error.message);
}

function isTlsError(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code);
}

function tlsError(where: string, error: Error & { code?: string }): PlimsollError {
  return new PlimsollError(
    'engine-tls',
    {
      en: `TLS with ${where} failed: ${error.code ?? ''}`,
      zh: `与 ${where} 的 TLS 连接失败：${error.code ?? ''}`,
    },
    {
      en: "Check that --tlscacert signed the engine's certificate, that --tlscert and --tlskey belong together and are not expired, and that the certificate names this host.",
      zh: '请确认 --tlscacert 签发了引擎的证书，--tlscert 与 --tlskey 匹配且未过期，并且证书包含该主机名。',
    },
  );
}
