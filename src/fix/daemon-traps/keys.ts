import type { Text } from '../../model/text.ts';
import { type Finding, isBefore, type Situation, someOf, start } from './situation.ts';
import { flatKeys, type KnownKey, knownKeys, newestKnownRelease } from './known-keys.ts';

/** Keys that this version of dockerd has no flag for: it does not start with one of them. */
export function unknownKeys(situation: Situation): Finding[] {
  return Object.keys(flatKeys(situation.after)).flatMap((key) => {
    const known = knownKeys.get(key);
    const reason = known ? outOfRange(situation, key, known) : strange(situation, key);
    return reason ? [start([key], reason, adviceOf(key))] : [];
  });
}

function outOfRange(situation: Situation, key: string, { since, until }: KnownKey): Text | undefined {
  if (since && isBefore(situation, since) === true) {
    return {
      en: `${key} came with Docker Engine ${since.join('.')}, and dockerd ${versionOf(situation)} does not start with it`,
      zh: `${key} 自 Docker Engine ${since.join('.')} 起才有，dockerd ${versionOf(situation)} 遇到它会无法启动`,
    };
  }
  if (until && isBefore(situation, until) === false) {
    return {
      en: `${key} is gone since Docker Engine ${releaseName(until)}, and dockerd ${versionOf(situation)} does not start with it`,
      zh: `${key} 自 Docker Engine ${releaseName(until)} 起已移除，dockerd ${versionOf(situation)} 遇到它会无法启动`,
    };
  }
  return undefined;
}

/** A release that is newer than this table may know a key that stands there already. */
function strange(situation: Situation, key: string): Text | undefined {
  const [major, minor] = newestKnownRelease;
  if (isBefore(situation, [major, minor + 1]) === false && !situation.isChanged(key)) return undefined;
  return {
    en: `daemon.json has the key ${key}, which dockerd does not know: it does not start with it`,
    zh: `daemon.json 中的键 ${key} 不为 dockerd 所知，dockerd 会因此无法启动`,
  };
}

function adviceOf(key: string): Text {
  const alike = [...knownKeys.keys()].find((name) => name.toLowerCase() === key.toLowerCase() && name !== key);
  if (alike) return { en: `Write ${alike}, in lower case.`, zh: `请用小写写作 ${alike}。` };
  const other = replacements[key];
  if (other) return other;
  return {
    en: `Take ${key} out of daemon.json, or spell it as the reference of dockerd does.`,
    zh: `请从 daemon.json 中移除 ${key}，或按 dockerd 参考文档的写法改正。`,
  };
}

const replacements: Readonly<Record<string, Text>> = {
  graph: { en: 'Write data-root instead of graph.', zh: '请用 data-root 代替 graph。' },
  'containerd-plugin-namespace': {
    en: 'Name it on the command line of dockerd: --containerd-plugins-namespace.',
    zh: '请改用 dockerd 命令行选项 --containerd-plugins-namespace。',
  },
};

function versionOf({ engine }: Situation): string {
  return engine.version.known ? engine.version.value.version : '';
}

/** `19.03`, `23.0`: the engine's old minor numbers were months. */
function releaseName([major, minor]: readonly [number, number]): string {
  return major < 20 ? `${major}.${String(minor).padStart(2, '0')}` : `${major}.${minor}`;
}

/** One key by its old and its new name; dockerd 28 takes only one of them. */
export function keyByTwoNames(situation: Situation): Finding[] {
  const keys = ['host-gateway-ip', 'host-gateway-ips'];
  if (!keys.every((key) => situation.has(key))) return [];
  const names = someOf(keys);
  return [
    start(
      keys,
      {
        en: `${names.en} say the same, and dockerd does not start with both`,
        zh: `${names.zh} 含义相同，两者并存时 dockerd 无法启动`,
      },
      { en: 'Keep host-gateway-ips.', zh: '请只保留 host-gateway-ips。' },
    ),
  ];
}
