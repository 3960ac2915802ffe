import { type JsonValue, listIn, textIn } from '../../../model/json.ts';
import type { Text } from '../../../model/text.ts';
import { type Chance, RequestFailure } from '../../http/failure.ts';
import { chanceOf, isPage } from '../../http/answer-chance.ts';
import type { HttpAnswer } from '../../http/transport.ts';
import { oddAnswer, seeRegistry } from './failure.ts';
import { readBeginning } from './read-whole.ts';

/** Bytes of an answer that says no. */
const enough = 16_384;

/** What an answer that is no success says, in words for people. */
export async function refusalOf(answer: HttpAnswer, now: number): Promise<RequestFailure> {
  const { url, status, headers } = answer;
  const { host } = url;
  const body = await readBeginning(answer, enough);
  const chance = chanceOf(answer, now);
  const said = codeIn(body);
  if (status === 401 || status === 403) {
    return new RequestFailure('registry-permission', withMessage(refusesText(host, status), said), logIn);
  }
  if (status === 404) {
    return new RequestFailure('registry-not-found', withMessage(notThere(host), said), checkName);
  }
  if (status === 429) {
    return new RequestFailure('registry-answer', tooMany(host, chance.after), leaveAlone, chance);
  }
  if (isPage(headers['content-type'])) return pageAnswer(host, status, chance);
  return oddAnswer(host, withMessage({ en: `status ${status}`, zh: `状态码 ${status}` }, said), seeRegistry, chance);
}

function refusesText(host: string, status: number): Text {
  return { en: `${host} refuses access (${status})`, zh: `${host} 拒绝访问（${status}）` };
}

function notThere(host: string): Text {
  return { en: `${host} does not have what was asked for`, zh: `${host} 上没有所请求的内容` };
}

function tooMany(host: string, after: number | undefined): Text {
  if (after === undefined) {
    return { en: `${host} gets too many requests from here`, zh: `${host} 认为来自此处的请求过多` };
  }
  const seconds = Math.ceil(after / 1000);
  return {
    en: `${host} gets too many requests from here, and takes none for ${seconds} s`,
    zh: `${host} 认为来自此处的请求过多，${seconds} 秒内不再接受`,
  };
}

export const logIn: Text = {
  en: 'Check the name, and log in with docker login (or podman login) as somebody who may pull it.',
  zh: '请检查名称，并用 docker login（或 podman login）以有拉取权限的账号登录。',
};
const checkName: Text = {
  en: 'Check the name and the tag. Some registries also say so of what one may not see: then log in with docker login.',
  zh: '请检查名称和标签。部分镜像仓库对无权查看的内容也如此回答：此时请先 docker login。',
};
const leaveAlone: Text = {
  en: 'Wait a while, or log in: most registries allow more to whom they know.',
  zh: '请稍后再试，或先登录：多数镜像仓库对已登录用户的限额更高。',
};

/** What a proxy or a login page says in the place of a registry. */
export function pageAnswer(host: string, status: number, chance: Chance = {}): RequestFailure {
  return oddAnswer(
    host,
    { en: `a web page (status ${status})`, zh: `一个网页（状态码 ${status}）` },
    {
      en: 'Check that a registry is there: a proxy, or a page to log in, may stand in its place.',
      zh: '请确认该地址是镜像仓库：可能被代理或登录页面取代。',
    },
    chance,
  );
}

function withMessage(text: Text, said: string): Text {
  return said === '' ? text : { en: `${text.en}: ${said}`, zh: `${text.zh}：${said}` };
}

/**
 * The code of the distribution specification: `MANIFEST_UNKNOWN`. Not the message beside it, in which a server may repeat what it was
 * shown.
 */
function codeIn(body: Buffer): string {
  try {
    const [first] = listIn(JSON.parse(body.toString('utf8')) as JsonValue, 'errors');
    const code = textIn(first, 'code') ?? '';
    return /^[A-Z_]{1,40}$/.test(code) ? code : '';
  } catch {
    return '';
  }
}
