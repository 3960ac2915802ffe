import { isObject, type JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { type Finding, type Situation, start } from './situation.ts';
import { flatKeys, type KeyKind, knownKeys } from './known-keys.ts';

/** Values of another type than dockerd's: it does not start, or reads `null` as `false`. */
export function wrongKinds(situation: Situation): Finding[] {
  return Object.entries(flatKeys(situation.after)).flatMap(([key, value]) => {
    const kind = knownKeys.get(key)?.kind;
    if (kind === undefined || value === undefined) return [];
    if (value === null) {
      return kind === 'switch' ? [start([key], nullSwitch(key), removeIt(key))] : [];
    }
    if (kindChecks[kind](value)) return [];
    const wanted = kindNames[kind];
    return [
      start(
        [key],
        {
          en: `${key} must be ${wanted.en}: dockerd does not start with anything else`,
          zh: `${key} 必须是${wanted.zh}，否则 dockerd 无法启动`,
        },
        { en: `Write ${wanted.en}, like ${wanted.example}.`, zh: `请写成${wanted.zh}，例如 ${wanted.example}。` },
      ),
    ];
  });
}

function nullSwitch(key: string): Text {
  return {
    en: `${key} is null, which dockerd takes for false, whatever its default is`,
    zh: `${key} 为 null，无论其默认值如何，dockerd 都会当作 false`,
  };
}

function removeIt(key: string): Text {
  return { en: `Write true or false, or take ${key} out.`, zh: `请写 true 或 false，或移除 ${key}。` };
}

const isText = (value: JsonValue | undefined) => typeof value === 'string';
const isNumber = (value: JsonValue | undefined) => Number.isSafeInteger(value);
const isSwitch = (value: JsonValue | undefined) => typeof value === 'boolean';
const isListOf = (isKind: (value: JsonValue) => boolean) => (value: JsonValue) =>
  Array.isArray(value) && (value as readonly JsonValue[]).every((each) => isKind(each));
const isMapOf = (isKind: (value: JsonValue) => boolean) => (value: JsonValue) =>
  isObject(value) && Object.values(value).every((each) => each === undefined || isKind(each));

/** Field names are read without regard to case, as Go does. */
function isRecord(value: JsonValue, fields: Readonly<Record<string, (value: JsonValue) => boolean>>): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(([name, each]) => {
      const isKind = fields[name.toLowerCase()];
      return each === undefined || each === null || isKind === undefined || isKind(each);
    })
  );
}

const kindChecks: Readonly<Record<KeyKind, (value: JsonValue) => boolean>> = {
  switch: isSwitch,
  text: isText,
  number: isNumber,
  list: isListOf(isText),
  map: isMapOf(isText),
  'map of switches': isMapOf(isSwitch),
  'map of maps': isMapOf(isMapOf(isText)),
  runtimes: isMapOf((value) =>
    isRecord(value, { path: isText, runtimeargs: isListOf(isText), runtimetype: isText, options: isObject }),
  ),
  ulimits: isMapOf((value) => isRecord(value, { name: isText, soft: isNumber, hard: isNumber })),
  pools: isListOf((value) => isRecord(value, { base: isText, size: isNumber })),
  // A bare number is not taken either: seen on 20.10.24.
  size: (value) => typeof value === 'string' && /^\d+(\.\d+)? ?[kmgtp]?i?b?$/i.test(value),
  object: isObject,
};

const kindNames: Readonly<Record<KeyKind, Text & { readonly example: string }>> = {
  switch: { en: 'true or false without quotes', zh: '不带引号的 true 或 false', example: 'true' },
  text: { en: 'a string', zh: '字符串', example: '"default"' },
  number: { en: 'a whole number without quotes', zh: '不带引号的整数', example: '15' },
  list: { en: 'a list of strings', zh: '字符串列表', example: '["one", "two"]' },
  map: { en: 'an object of strings', zh: '值为字符串的对象', example: '{"max-size": "10m"}' },
  'map of switches': {
    en: 'an object of true and false',
    zh: '值为 true 或 false 的对象',
    example: '{"buildkit": true}',
  },
  'map of maps': {
    en: 'an object of objects of strings',
    zh: '由字符串对象组成的对象',
    example: '{"bridge": {"com.docker.network.driver.mtu": "1450"}}',
  },
  runtimes: { en: 'an object of runtimes', zh: '由运行时组成的对象', example: '{"runsc": {"path": "/usr/bin/runsc"}}' },
  ulimits: {
    en: 'an object of limits',
    zh: '由限额组成的对象',
    example: '{"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 65536}}',
  },
  pools: { en: 'a list of pools', zh: '地址池列表', example: '[{"base": "10.10.0.0/16", "size": 24}]' },
  size: { en: 'a size in quotes', zh: '带引号的大小', example: '"64M"' },
  object: { en: 'an object', zh: '对象', example: '{}' },
};
