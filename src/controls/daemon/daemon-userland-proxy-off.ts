import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { restartCommands } from './engine-service.ts';
import { rootlessEngine } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonUserlandProxyOff = defineControl({
  id: 'daemon-userland-proxy-off',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Published ports go through the kernel, not a proxy', zh: '发布的端口经由内核转发，不使用代理进程' },
  why: {
    en: 'Each published port gets a proxy process outside the container: one more piece of software to attack and to feed, and traffic through it reaches the container without its real source address.',
    zh: '每个发布的端口都会在容器外多出一个代理进程：既增加攻击面又消耗资源，而且经它转发的流量到达容器时已丢失真实源地址。',
  },
  how: {
    en: 'Counts the docker-proxy processes of this engine, then asks for its setting userland-proxy, which must be false. A rootless engine needs its proxy and is not asked.',
    zh: '先统计该引擎的 docker-proxy 进程，再检查 userland-proxy 设置，必须为 false。rootless 引擎离不开代理，不作判断。',
  },
  references: {
    cisDocker: ['2.16'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/'],
  },
  engines: ['docker'],
  counterexample: { 'userland-proxy': true },

  judge(engine) {
    const rootless = rootlessEngine(engine);
    if (rootless.known && rootless.value) {
      return notApplicable(
        { en: 'A rootless engine publishes ports through a proxy.', zh: 'rootless 引擎须通过代理发布端口。' },
        evidenceOf(rootless),
      );
    }
    const { process } = engine;
    const proxies = process.known ? process.value.proxies : 0;
    const counted = process.known ? [evidenceOf(process, proxies, `${process.path} docker-proxy`)] : [];
    if (proxies > 0) {
      return fail(
        {
          en: `${proxies} docker-proxy ${proxies === 1 ? 'process runs' : 'processes run'} for this engine.`,
          zh: `该引擎有 ${proxies} 个 docker-proxy 进程在运行。`,
        },
        counted,
        'userland-proxy',
      );
    }
    const setting = daemonSetting(engine, 'userland-proxy');
    if (!setting.known) return unknownFrom(setting);
    const evidence = [...counted, evidenceOf(setting, setting.value ?? null)];
    return setting.value === false
      ? pass({ en: 'The userland proxy is off.', zh: '用户态代理已关闭。' }, evidence)
      : fail(
          {
            en: 'The next container that publishes a port gets a proxy process.',
            zh: '下一个发布端口的容器将启动代理进程。',
          },
          evidence,
          'userland-proxy',
        );
  },

  remedy(engine) {
    const setting = daemonSetting(engine, 'userland-proxy');
    if (setting.known && setting.value === false) {
      return byHand(
        {
          en: 'The setting is there already: restart the engine, and then the containers that still have a proxy.',
          zh: '设置已存在：请重启引擎，再重启仍有代理进程的容器。',
        },
        restartCommands(engine),
        'daemon-restart',
      );
    }
    return changeSettings(
      engine,
      { 'userland-proxy': false },
      {
        en: 'Set "userland-proxy" to false. Then try published ports once from the host itself and from a container.',
        zh: '将 "userland-proxy" 设为 false，然后分别从主机本身和容器内试连一次已发布的端口。',
      },
    );
  },
});
