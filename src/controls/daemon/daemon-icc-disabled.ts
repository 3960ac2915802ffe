import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';

const option = 'com.docker.network.bridge.enable_icc';

export const daemonIccDisabled = defineControl({
  id: 'daemon-icc-disabled',
  subject: 'engine',
  severity: 'medium',
  title: {
    en: 'Containers on the default bridge cannot talk to each other',
    zh: '默认网桥上的容器之间不能互相通信',
  },
  why: {
    en: 'Every container that names no network lands on the default bridge. While it forwards between its members, one compromised container can reach every port of all the others, published or not.',
    zh: '未指定网络的容器都会接入默认网桥。只要网桥在成员之间转发流量，一个被攻陷的容器就能访问其他容器的所有端口，无论是否发布。',
  },
  how: {
    en: 'Asks the bridge network itself, not the configuration file: its option enable_icc must be false.',
    zh: '直接查询网桥网络本身而非配置文件：其 enable_icc 选项必须为 false。',
  },
  references: {
    cisDocker: ['2.2'],
    nist800190: ['4.3.3'],
    links: ['https://docs.docker.com/engine/network/drivers/bridge/'],
  },
  engines: ['docker'],
  counterexample: { icc: true },

  judge({ bridge }) {
    if (!bridge.known) return unknownFrom(bridge);
    if (bridge.value === null) {
      return notApplicable({ en: 'The engine has no default bridge.', zh: '引擎没有默认网桥。' }, evidenceOf(bridge));
    }
    const value = bridge.value.options[option] ?? null;
    const evidence = evidenceOf(bridge, value, `${bridge.path} Options["${option}"]`);
    return value === 'false'
      ? pass({ en: 'The default bridge keeps its containers apart.', zh: '默认网桥已隔离各容器。' }, evidence)
      : fail(
          {
            en: 'The default bridge forwards traffic between its containers.',
            zh: '默认网桥会在容器之间转发流量。',
          },
          evidence,
          'icc',
        );
  },

  remedy(engine) {
    const filter = daemonSetting(engine, 'iptables');
    // dockerd refuses to start with both switched off: it needs its rules to keep containers apart.
    if (filter.known && filter.value === false) return byHand(ownNetworks, ['docker network create NAME'], 'recreate');
    const { info } = engine;
    const restored = info.known && info.value.liveRestore === true ? stopFirst : { en: '', zh: '' };
    return changeSettings(
      engine,
      { icc: false },
      {
        en: `Set "icc" to false, and give containers that must talk to each other a network of their own.${restored.en}`,
        zh: `将 "icc" 设为 false；需要互相通信的容器改用自定义网络。${restored.zh}`,
      },
    );
  },
});

const stopFirst = {
  en: ' With live restore on, stop the containers before the restart: while one of them runs, the engine leaves its networks as they are.',
  zh: '启用 live restore 时，重启前须先停止容器：只要还有容器在运行，引擎就不会改动现有网络。',
};

const ownNetworks = {
  en: 'Give every container a network of its own instead of the default bridge. Setting "icc" to false is no way here: the engine may not use the packet filter (iptables is false), and dockerd does not start with both.',
  zh: '让每个容器使用自定义网络而不是默认网桥。此处不能把 "icc" 设为 false：引擎未使用包过滤（iptables 为 false），两者同时设置时 dockerd 无法启动。',
};
