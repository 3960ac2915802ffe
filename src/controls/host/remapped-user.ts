import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, known, mapFact, unreadable } from '../../model/fact.ts';
import type { HostFacts } from '../../model/host.ts';
import { rootlessEngine, securityOption } from '../daemon/security-options.ts';

/** Whose subordinate ids the engine gives to containers; `null` where it gives none. */
export function remappedUser(engine: EngineFacts, { accounts }: HostFacts): Fact<string | null> {
  const rootless = rootlessEngine(engine);
  if (rootless.known && rootless.value) {
    const { process } = engine;
    if (!process.known) return process;
    return mapFact(accounts, ({ users }) => {
      const user = users.find(({ uid }) => uid === process.value.uid);
      return user?.name ?? String(process.value.uid);
    });
  }
  if (engine.kind !== 'docker') return mapFact(rootless, () => null);
  const setting = daemonSetting(engine, 'userns-remap');
  const name = mapFact(setting, (value) => (typeof value === 'string' ? userIn(value) : ''));
  const { info } = engine;
  // What is in the file may only come true with the next start.
  if (!info.known) return mapFact(name, (each) => each || null);
  if (!securityOption(info.value, 'userns')) {
    return known(null, info.source, `${info.path} SecurityOptions`);
  }
  return name.known && name.value === '' ? unreadable(name.source, name.path, notNamed, whereNamed) : name;
}

const notNamed = {
  en: 'the engine remaps user ids, and nothing that was read says to whose',
  zh: '引擎启用了用户 ID 重映射，但已读取的内容均未说明映射到哪个用户',
};
const whereNamed = {
  en: "run as root on the engine's own machine, and restart the engine if its file was changed since",
  zh: '在引擎所在机器上以 root 身份运行；若配置文件此后有改动，请重启引擎',
};

/** `default` is a user that the engine makes itself; after a colon comes a group, which has no say. */
function userIn(setting: string): string {
  const name = setting.split(':')[0] ?? '';
  return name === 'default' ? 'dockremap' : name;
}
