import { isLoopback } from '../../model/internet-address.ts';
import { PlimsollError } from '../../model/error.ts';
import { authorizationIn } from '../http/account.ts';

/** A feed as whoever publishes it has it. */
export interface FeedAddress {
  /** Without a name and a password. */
  readonly url: URL;
  /** For the header `Authorization`. */
  readonly authorization?: string;
  /** Where it lies below a mirror's address, and in the folder of downloads: `Debian/all.zip`. */
  readonly path: readonly [string, ...string[]];
  /** Bytes that it may have. */
  readonly largest: number;
}

const mebibyte = 1024 ** 2;
/** osv.dev's largest, that of npm, has 200 MiB. */
const largestExport = 2048 * mebibyte;

const osv = 'https://osv-vulnerabilities.storage.googleapis.com/';
const exploited = {
  path: ['known_exploited_vulnerabilities.json'],
  url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  largest: 64 * mebibyte,
} as const;
const probabilities = {
  path: ['epss_scores-current.csv.gz'],
  url: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  largest: 64 * mebibyte,
} as const;

/** Somebody who has all feeds below one address. */
export interface Mirror {
  /** Ends with a slash; without a name and a password. */
  readonly base: URL;
  readonly authorization?: string;
}

/** osv.dev's export of an ecosystem, which is named without a release. */
export function exportAddress(ecosystem: string, mirror?: Mirror): FeedAddress {
  return address({ path: [ecosystem, 'all.zip'], largest: largestExport }, mirror ?? { base: new URL(osv) });
}

/** CISA's catalogue of exploited vulnerabilities. */
export function exploitedAddress(mirror?: Mirror): FeedAddress {
  return mirror ? address(exploited, mirror) : { ...exploited, url: new URL(exploited.url) };
}

/** How likely each CVE is exploited, of today: EPSS. */
export function probabilitiesAddress(mirror?: Mirror): FeedAddress {
  return mirror ? address(probabilities, mirror) : { ...probabilities, url: new URL(probabilities.url) };
}

function address(
  { path, largest }: Pick<FeedAddress, 'path' | 'largest'>,
  { base, authorization }: Mirror,
): FeedAddress {
  const url = new URL(path.map(encodeURIComponent).join('/'), base);
  return { path, largest, url, ...(authorization === undefined ? {} : { authorization }) };
}

/**
 * Reads what stands behind `--mirror`: `https://mirror.example/osv`.
 *
 * @throws PlimsollError for what is no such address; it is not repeated, as there may be a password in it
 */
export function readMirror(text: string): Mirror {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') throw noMirror();
  const authorization = authorizationIn(url);
  const base = new URL(`${url.origin}${url.pathname.replace(/\/*$/, '/')}`);
  if (authorization === undefined) return { base };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw openPassword();
  return { base, authorization };
}

function noMirror(): PlimsollError {
  return new PlimsollError(
    'usage',
    { en: 'what stands behind --mirror is no address of a mirror', zh: '--mirror 的值不是有效的镜像站地址' },
    {
      en: 'Write it as https://HOST/PATH, without a query; below it are ECOSYSTEM/all.zip and the other files.',
      zh: '请写成 https://主机/路径，不带查询参数；其下应有 ECOSYSTEM/all.zip 等文件。',
    },
  );
}

function openPassword(): PlimsollError {
  return new PlimsollError(
    'usage',
    {
      en: '--mirror has a password, and would send it over HTTP for everybody to read',
      zh: '--mirror 中含有密码，而 HTTP 会以明文发送',
    },
    { en: 'Write https:// in the address.', zh: '请在地址中使用 https://。' },
  );
}
