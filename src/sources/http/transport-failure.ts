import type { Text } from '../../model/text.ts';
import { type Chance, RequestFailure, type ServerKind } from './failure.ts';

/** Nothing arrived for too long. */
export function silence(host: string, idle: number, kind: ServerKind): RequestFailure {
  return new RequestFailure(
    kind.codes.unreachable,
    { en: `${host} was silent for ${idle / 1000} s`, zh: `${host} 在 ${idle / 1000} 秒内没有任何响应` },
    kind.advice,
    { again: true },
  );
}

/** Codes of what may be over in a moment. */
const passing = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ECONNABORTED',
]);

/** OpenSSL's words for a server that speaks, but not TLS. */
const notTls = /^(?:EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST)$/;
const certificateFault =
  /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID_|PATH_LENGTH|EPROTO|HOSTNAME_MISMATCH)/;

/** A failure because the server does not speak TLS at all, or does not listen where TLS is spoken. */
export function speaksNoTls(failure: unknown): boolean {
  return failure instanceof RequestFailure && notTlsFailures.has(failure);
}

const notTlsFailures = new WeakSet<RequestFailure>();

/**
 * What a socket, TLS or a proxy says, in words for people. Error messages are not repeated: they hold addresses of proxies.
 *
 * @param byProxy - whether one was gone through: then it is the one that was not reached
 */
export function transportFailure(
  url: URL,
  error: Error & { code?: string },
  kind: ServerKind,
  byProxy = false,
): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const { host } = url;
  const code = error.code ?? '';
  const failure = byProxy && unreached.has(code) ? noProxy(host, code, kind) : failureOf(host, code, error, kind);
  const isRefused = code === 'ECONNREFUSED' || code === 'ECONNRESET';
  if (url.protocol === 'https:' && (notTls.test(code) || isRefused)) notTlsFailures.add(failure);
  return failure;
}

/** Codes of what could not be connected to. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function noProxy(host: string, code: string, kind: ServerKind): RequestFailure {
  const text = {
    en: `the proxy on the way to ${host} cannot be reached (${code})`,
    zh: `无法连接通往 ${host} 的代理（${code}）`,
  };
  return new RequestFailure(kind.codes.unreachable, text, proxyAdvice, passing.has(code) ? { again: true } : {});
}

function failureOf(host: string, code: string, error: Error, kind: ServerKind): RequestFailure {
  const unreachable = (text: Text, chance: Chance = {}, advice: Text = kind.advice) =>
    new RequestFailure(kind.codes.unreachable, text, advice, chance);
  if (code === 'ECONNREFUSED') return unreachable({ en: `nothing listens at ${host}`, zh: `${host} 没有进程监听` });
  if (code === 'ENOTFOUND') {
    return unreachable({ en: `the host name ${host} is not known`, zh: `无法解析主机名 ${host}` }, {}, checkName);
  }
  if (code.startsWith('ERR_PROXY')) {
    return unreachable({ en: `the proxy does not connect to ${host}`, zh: `代理无法连接到 ${host}` }, {}, proxyAdvice);
  }
  if (notTls.test(code)) {
    return new RequestFailure(
      kind.codes.tls,
      { en: `${host} does not speak TLS as it should (${code})`, zh: `${host} 的 TLS 通信异常（${code}）` },
      kind.withoutTls(host),
    );
  }
  if (certificateFault.test(code)) {
    return new RequestFailure(
      kind.codes.tls,
      { en: `the certificate of ${host} is not trusted: ${code}`, zh: `${host} 的证书不受信任：${code}` },
      kind.untrusted(host),
    );
  }
  if (code.startsWith('HPE_')) {
    return new RequestFailure(
      kind.codes.answer,
      { en: `${host} does not speak HTTP as it should (${code})`, zh: `${host} 的 HTTP 应答不规范（${code}）` },
      kind.advice,
    );
  }
  if (passing.has(code) || /socket hang up|aborted/.test(error.message)) {
    return unreachable(
      {
        en: `the connection to ${host} broke (${code || 'ECONNRESET'})`,
        zh: `与 ${host} 的连接中断（${code || 'ECONNRESET'}）`,
      },
      { again: true },
    );
  }
  const detail = /^[\w]+$/.test(code) ? code : error.name;
  return unreachable({ en: `${host} cannot be reached (${detail})`, zh: `无法连接 ${host}（${detail}）` });
}

const checkName: Text = {
  en: 'Check the name, and whether this machine may look it up: behind a proxy, set HTTPS_PROXY.',
  zh: '请检查名称以及本机能否解析它：若在代理之后，请设置 HTTPS_PROXY。',
};

const proxyAdvice: Text = {
  en: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and what the proxy lets through.',
  zh: '请检查 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY，以及代理的放行规则。',
};
