import type { IncomingHttpHeaders } from 'node:http';
import type { Text } from '../../model/text.ts';
import { chanceOf, isPage } from '../http/answer-chance.ts';
import type { Chance, RequestFailure } from '../http/failure.ts';
import type { HttpAnswer } from '../http/transport.ts';
import type { ServedFile } from './download-note.ts';
import { oddAnswer } from './feed-server.ts';

/** What was asked for. */
export interface AskedPart {
  /** As it is told to people: an address without a password. */
  readonly url: string;
  /** Bytes that the file may have. */
  readonly largest: number;
  /** Bytes that are there, and of what; absent where the whole file was asked for. */
  readonly part?: { readonly offset: number; readonly of: ServedFile };
  /** Whether the server was told what is there, so that it may say that nothing is new. */
  readonly conditional: boolean;
}

export type AnswerHead = Pick<HttpAnswer, 'url' | 'status' | 'headers'>;

/** What an answer means for the file. */
export type AnswerMeaning =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'whole'; readonly served: ServedFile }
  | {
      readonly kind: 'rest';
      /** Bytes of the whole file. */
      readonly size: number;
    }
  /** What is there is of no use: it is asked for anew, if at all. */
  | { readonly kind: 'useless'; readonly failure: RequestFailure };

/**
 * Reads the head of an answer. What follows is only put behind what is there where it is certain that both are parts of one file:
 * some servers pass over `If-Range` and send a part of whatever they have now.
 *
 * @param now milliseconds since 1970
 * @throws RequestFailure for an answer with which nothing can be done
 */
export function readAnswer(answer: AnswerHead, asked: AskedPart, now: number): AnswerMeaning {
  const { status, url } = answer;
  if (status === 304) {
    if (asked.conditional) return { kind: 'unchanged' };
    throw oddAnswer(url.host, { en: 'status 304, which was not asked for', zh: '未请求的状态码 304' });
  }
  if (status === 416 && asked.part) return useless(answer, { en: 'status 416', zh: '状态码 416' });
  if (status !== 200 && status !== 206) throw refusal(answer, now);
  refuseOddContent(answer, asked);
  return status === 206 ? readRest(answer, asked) : readWhole(answer, asked);
}

function readWhole({ url, headers }: AnswerHead, asked: AskedPart): AnswerMeaning {
  const size = lengthIn(headers);
  if (size !== undefined && size > asked.largest) throw tooLarge(url, asked.largest);
  return { kind: 'whole', served: servedFile(headers, asked.url, size) };
}

function readRest(answer: AnswerHead, { part, largest }: AskedPart): AnswerMeaning {
  const { url, headers } = answer;
  if (!part) throw oddAnswer(url.host, { en: 'a part where all was asked for', zh: '部分内容，而请求的是全部' });
  const { offset, of } = part;
  const [, first, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headers['content-range'] ?? '') ?? [];
  const size = Number(total);
  const length = lengthIn(headers);
  const isWanted = Number(first) === offset && Number(last) === size - 1 && offset < size;
  if (!isWanted || (length !== undefined && length !== size - offset)) {
    return useless(answer, { en: 'another part than was asked for', zh: '与请求不符的部分' });
  }
  if (size > largest) throw tooLarge(url, largest);
  if (!isSame(of, servedFile(headers, of.url, size))) {
    return useless(answer, { en: 'a part of another file than before', zh: '与先前不同的文件的一部分' });
  }
  return { kind: 'rest', size };
}

/** Whatever both have must be the same, and what was shown with `If-Range` must be repeated. */
function isSame(before: ServedFile, now: ServedFile): boolean {
  if (before.etag !== undefined && before.etag === before.validator && now.etag !== before.etag) return false;
  return (['size', 'etag', 'modified', 'md5'] as const).every(
    (name) => before[name] === undefined || now[name] === undefined || before[name] === now[name],
  );
}

function servedFile(headers: IncomingHttpHeaders, url: string, size: number | undefined): ServedFile {
  const { etag, 'last-modified': modified } = headers;
  const validator = etag?.startsWith('"') ? etag : isStrongDate(headers) ? modified : undefined;
  const md5 = md5In(headers);
  return {
    url,
    ...(etag === undefined ? {} : { etag }),
    ...(modified === undefined ? {} : { modified }),
    ...(validator === undefined ? {} : { validator }),
    ...(size === undefined ? {} : { size }),
    ...(md5 === undefined ? {} : { md5 }),
  };
}

/** A file may be changed twice in one second, of which its date tells nothing (RFC 9110, 8.8.2.2). */
function isStrongDate({ date, 'last-modified': modified }: IncomingHttpHeaders): boolean {
  return Date.parse(date ?? '') - Date.parse(modified ?? '') >= 1000;
}

/** `x-goog-hash: crc32c=…, md5=…`, of the whole file, also beside a part of it; files that were put together have no MD5. */
function md5In({ 'x-goog-hash': said }: IncomingHttpHeaders): string | undefined {
  const text = Array.isArray(said) ? said.join(',') : (said ?? '');
  return /(?:^|,)\s*md5=([A-Za-z\d+/]{22}==)/.exec(text)?.[1];
}

/** Bytes of the body that follows; of a compressed one nothing is known. */
function lengthIn({ 'content-length': length }: IncomingHttpHeaders): number | undefined {
  return length === undefined || !/^\d{1,15}$/.test(length) ? undefined : Number(length);
}

function refuseOddContent({ url, headers }: AnswerHead, asked: AskedPart): void {
  if (isPage(headers['content-type'])) throw pageAnswer(url.host);
  const encoding = headers['content-encoding'] ?? 'identity';
  // Some call a file that is compressed itself a compressed text: its bytes are what is wanted.
  const isOwn = encoding === 'gzip' && asked.url.endsWith('.gz');
  if (encoding === 'identity' || encoding === '' || isOwn) return;
  throw oddAnswer(url.host, { en: 'an encoding that was not asked for', zh: '未请求的内容编码' });
}

function pageAnswer(host: string): RequestFailure {
  return oddAnswer(
    host,
    { en: 'a web page in the place of a file', zh: '网页而非文件' },
    {},
    {
      en: 'A proxy, or a page to log in to a network, may stand in its place: open the address in a browser.',
      zh: '可能被代理或网络登录页面取代：请在浏览器中打开该地址查看。',
    },
  );
}

function useless({ url }: AnswerHead, what: Text): AnswerMeaning {
  return { kind: 'useless', failure: oddAnswer(url.host, what, { again: true }) };
}

function tooLarge({ host }: URL, largest: number): RequestFailure {
  const most = `${Math.floor(largest / 1024 ** 2)} MiB`;
  return oddAnswer(host, {
    en: `more than ${most}, which no feed has`,
    zh: `超过 ${most} 的内容，任何数据源都没有这么大`,
  });
}

/** What an answer that is no success says. */
function refusal(answer: AnswerHead, now: number): RequestFailure {
  const { status, url } = answer;
  const { host } = url;
  const chance = chanceOf(answer, now);
  if (status === 404 || status === 410) {
    return oddAnswer(
      host,
      { en: `status ${status}: it has no such file`, zh: `状态码 ${status}：没有该文件` },
      {},
      noFile,
    );
  }
  if (status === 401 || status === 403) {
    return oddAnswer(host, { en: `status ${status}: it refuses access`, zh: `状态码 ${status}：拒绝访问` }, {}, access);
  }
  if (status === 429) return oddAnswer(host, tooMany(chance), chance, waitAWhile);
  return oddAnswer(host, { en: `status ${status}`, zh: `状态码 ${status}` }, chance);
}

function tooMany({ after }: Chance): Text {
  if (after === undefined) return { en: 'status 429: too many requests', zh: '状态码 429：请求过多' };
  const seconds = Math.ceil(after / 1000);
  return {
    en: `status 429: too many requests, none for ${seconds} s`,
    zh: `状态码 429：请求过多，${seconds} 秒内不再接受`,
  };
}

const noFile: Text = {
  en: 'Not every ecosystem has an export at any time; a mirror must have the files where osv.dev has them: ECOSYSTEM/all.zip',
  zh: '并非每个生态系统随时都有导出；镜像站的文件布局须与 osv.dev 相同：ECOSYSTEM/all.zip',
};
const access: Text = {
  en: 'A mirror may want to know who asks: --mirror https://NAME:PASSWORD@HOST/PATH',
  zh: '镜像站可能要求认证：--mirror https://用户名:密码@主机/路径',
};
const waitAWhile: Text = { en: 'Wait a while and run again.', zh: '请稍后重新运行。' };
