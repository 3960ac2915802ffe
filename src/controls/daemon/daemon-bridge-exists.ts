import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { restartCommands } from './engine-service.ts';

export const daemonBridgeExists = defineControl({
  id: 'daemon-bridge-exists',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'The default bridge that the engine tells of is there', zh: '引擎所报告的默认网桥确实存在' },
  why: {
    en: 'The engine goes on describing its bridge after something else took it away, often a second engine. Containers on it then have no network or do not start, and settings of the bridge describe nothing.',
    zh: '默认网桥被其他程序（常为另一个引擎）删除后，引擎仍会继续报告它。其上的容器会没有网络或无法启动，网桥的设置也不再对应任何实体。',
  },
  how: {
    en: "Looks for the interface that the engine names for its default bridge among those of the engine's own network namespace.",
    zh: '在引擎自身的网络命名空间中查找其默认网桥所对应的接口。',
  },
  references: { links: ['https://docs.docker.com/engine/network/drivers/bridge/'] },
  engines: ['docker'],

  judge({ bridge, process }) {
    if (!bridge.known) return unknownFrom(bridge);
    if (bridge.value === null) {
      return notApplicable({ en: 'The engine has no default bridge.', zh: '引擎没有默认网桥。' }, evidenceOf(bridge));
    }
    if (!process.known) return unknownFrom(process);
    const { interfaces } = process.value;
    if (!interfaces) {
      return notApplicable({ en: 'The kernel shows no interfaces.', zh: '内核未显示网络接口。' });
    }
    const name = bridge.value.options['com.docker.network.bridge.name'] || 'docker0';
    const evidence = [evidenceOf(bridge, name), evidenceOf(process, [...interfaces], `${process.path}/net/dev`)];
    return interfaces.includes(name)
      ? pass({ en: `${name} is there.`, zh: `${name} 存在。` }, evidence)
      : fail(
          {
            en: `The engine tells of ${name}, but the kernel has no such interface.`,
            zh: `引擎报告了 ${name}，但内核中没有此接口。`,
          },
          evidence,
        );
  },

  remedy(engine) {
    return byHand(
      {
        en: 'Restart the engine, which makes the bridge anew, and find out what took it away: a second engine must have a bridge, a data folder and a socket of its own.',
        zh: '重启引擎以重建网桥，并查明是什么删除了它：第二个引擎须使用各自的网桥、数据目录和套接字。',
      },
      ['ip link show type bridge', ...restartCommands(engine)],
      'daemon-restart',
    );
  },
});
