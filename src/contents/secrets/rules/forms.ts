import type { Severity } from '../../../model/severity.ts';
import { type Text, verbatim } from '../../../model/text.ts';
import type { SecretRule } from '../rule.ts';

/** What providers call what they give out. */
export const secretKinds = {
  apiKey: { en: 'API key', zh: 'API 密钥' },
  apiToken: { en: 'API token', zh: 'API 令牌' },
  token: { en: 'token', zh: '令牌' },
  accessToken: { en: 'access token', zh: '访问令牌' },
  personalToken: { en: 'personal access token', zh: '个人访问令牌' },
  serviceToken: { en: 'service token', zh: '服务令牌' },
  deployToken: { en: 'deploy token', zh: '部署令牌' },
  refreshToken: { en: 'refresh token', zh: '刷新令牌' },
  botToken: { en: 'bot token', zh: '机器人令牌' },
  appToken: { en: 'app token', zh: '应用令牌' },
  userToken: { en: 'user token', zh: '用户令牌' },
  adminToken: { en: 'administrator token', zh: '管理员令牌' },
  oauthToken: { en: 'OAuth token', zh: 'OAuth 令牌' },
  sessionToken: { en: 'session token', zh: '会话令牌' },
  runnerToken: { en: 'runner token', zh: 'Runner 令牌' },
  joinToken: { en: 'join token', zh: '加入令牌' },
  accessKey: { en: 'access key', zh: '访问密钥' },
  accessKeyId: { en: 'access key ID', zh: '访问密钥 ID' },
  secretKey: { en: 'secret key', zh: '私密密钥' },
  storageKey: { en: 'storage key', zh: '存储密钥' },
  licenseKey: { en: 'license key', zh: '许可证密钥' },
  sharedKey: { en: 'shared access key', zh: '共享访问密钥' },
  signature: { en: 'shared access signature', zh: '共享访问签名' },
  clientSecret: { en: 'client secret', zh: '客户端密钥' },
  password: { en: 'password', zh: '密码' },
  appPassword: { en: 'app password', zh: '应用密码' },
  webhook: { en: 'webhook address', zh: 'Webhook 地址' },
  webhookSecret: { en: 'webhook secret', zh: 'Webhook 密钥' },
  signingKey: { en: 'signing key', zh: '签名密钥' },
  privateKey: { en: 'private key', zh: '私钥' },
  testKey: { en: 'test mode key', zh: '测试模式密钥' },
} satisfies Readonly<Record<string, Text>>;

export type SecretKind = keyof typeof secretKinds;

/** A provider whose name differs between the languages, or does not. */
export type Provider = string | Text;

type Options = Partial<Pick<SecretRule, 'certainty' | 'check' | 'entropy' | 'paths'>>;

function titleOf(provider: Provider, kind: SecretKind): Text {
  const name = typeof provider === 'string' ? verbatim(provider) : provider;
  const words = secretKinds[kind];
  return { en: `${name.en} ${words.en}`, zh: `${name.zh} ${words.zh}` };
}

/** Random letters and digits stay above it, words and numbers written in place of a secret below. Bits per character. */
const usualEntropy = 2.5;

/** Not inside of a longer word, but behind `\n` in a string. */
const wordStart = String.raw`(?:(?<![\w-])|(?<=\\[nrt]))`;

/** Secrets that are known by how they begin. `body` follows one of `starts`. */
export function token(
  id: string,
  provider: Provider,
  kind: SecretKind,
  severity: Severity,
  starts: readonly string[],
  body: string,
  options: Options = {},
): SecretRule {
  return {
    id,
    title: titleOf(provider, kind),
    severity,
    certainty: 'token',
    keywords: starts.map((start) => start.toLowerCase()),
    pattern: `${wordStart}((?:${starts.map(escaped).join('|')})${body})(?![\\w-])`,
    shown: starts,
    entropy: usualEntropy,
    ...options,
  };
}

/** Secrets with a mark in their middle. `before` ends where the mark begins. */
export function marked(
  id: string,
  provider: Provider,
  kind: SecretKind,
  severity: Severity,
  marks: readonly string[],
  before: string,
  behind: string,
  options: Options = {},
): SecretRule {
  return {
    id,
    title: titleOf(provider, kind),
    severity,
    certainty: 'token',
    keywords: marks.map((mark) => mark.toLowerCase()),
    pattern: `(?<=(?<![\\w+/-])(${before}))((?:${marks.map(escaped).join('|')})${behind})(?![\\w-])`,
    ...options,
  };
}

/** Between a name and its value in most languages, in XML, and in lists of `name:` and `value:`. */
export const assigned = String.raw`(?:[\\"'\]]{0,3}[ \t]{0,8}(?:=>|:=|={1,2}|:|>|,)[ \t]{0,8}|["']{0,1},{0,1}\s{1,32}["']{0,1}value["']{0,1}[ \t]{0,4}[:=][ \t]{0,4})[\\"'\x60]{0,2}`;

/** What a name has in it besides the provider. */
const secretWords = 'key|token|secret|pass|pwd|auth|credential|api';

/** Secrets without a form of their own, known by the provider's name in the name of the variable. */
export function named(
  id: string,
  provider: Provider,
  kind: SecretKind,
  severity: Severity,
  names: readonly string[],
  value: string,
  options: Options & { readonly words?: string } = {},
): SecretRule {
  const { words = secretWords, ...others } = options;
  return {
    id,
    title: titleOf(provider, kind),
    severity,
    certainty: 'named',
    keywords: names,
    pattern: `(?i:(?:${names.map(escaped).join('|')})[\\w.-]{0,20}?${words === '' ? '' : `(?:${words})`}[\\w.-]{0,16})${assigned}(${value})(?![\\w-])`,
    entropy: 2.8,
    ...others,
  };
}

/** Addresses that let in whoever knows them; `start` begins after `https://`. */
export function address(
  id: string,
  provider: Provider,
  kind: SecretKind,
  severity: Severity,
  starts: readonly string[],
  secret: string,
  options: Options = {},
): SecretRule {
  return {
    id,
    title: titleOf(provider, kind),
    severity,
    certainty: 'token',
    keywords: starts,
    pattern: `(?i:${starts.map(escaped).join('|')})(${secret})(?![\\w-])`,
    entropy: usualEntropy,
    ...options,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
}

/** Parts of patterns that many providers use. */
export const hex = (length: number | string): string => `[\\da-f]{${length}}`;
export const alphanumeric = (length: number | string): string => `[A-Za-z\\d]{${length}}`;
export const lower = (length: number | string): string => `[a-z\\d]{${length}}`;
export const upper = (length: number | string): string => `[A-Z\\d]{${length}}`;
export const word = (length: number | string): string => `[\\w-]{${length}}`;
export const uuid = '[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}';
