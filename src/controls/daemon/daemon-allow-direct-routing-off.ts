import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { isOlder } from './engine-service.ts';
import { changeSettings } from './setting-change.ts';

export const daemonAllowDirectRoutingOff = defineControl({
  id: 'daemon-allow-direct-routing-off',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Other machines cannot route straight to containers', zh: '其他机器不能直接路由到容器' },
  why: {
    en: 'From Docker 28 on a neighbour can reach a container only through a published port of the host. With this option it goes around that: a port published on loopback is open to whoever adds a route.',
    zh: '自 Docker 28 起，相邻机器只能经由主机发布的端口访问容器。启用该选项即可绕过：发布在回环地址的端口，只要添加路由便可访问。',
  },
  how: {
    en: 'Looks at allow-direct-routing on the command line and in the file. Engines before 28 do not have the protection that it takes away.',
    zh: '查看命令行和配置文件中的 allow-direct-routing。28 之前的引擎没有该选项所关闭的保护。',
  },
  references: {
    nist800190: ['4.4.2'],
    links: ['https://docs.docker.com/engine/network/port-publishing/'],
  },
  engines: ['docker'],
  counterexample: { 'allow-direct-routing': true },

  judge(engine) {
    const { version } = engine;
    if (version.known && isOlder(version.value.version, 28, 0) === true) {
      return notApplicable(
        {
          en: `Docker ${version.value.version} does not know the option: it never keeps neighbours from routing to containers.`,
          zh: `Docker ${version.value.version} 没有该选项：它从不阻止相邻机器路由到容器。`,
        },
        evidenceOf(version, version.value.version, `${version.path} Version`),
      );
    }
    const setting = daemonSetting(engine, 'allow-direct-routing');
    if (!setting.known) return unknownFrom(setting);
    const evidence = evidenceOf(setting, setting.value ?? null);
    return setting.value === true
      ? fail(
          { en: 'Any machine that adds a route reaches containers.', zh: '任何添加路由的机器都能访问容器。' },
          evidence,
          'allow-direct-routing',
        )
      : pass({ en: 'Only published ports are reachable.', zh: '只能访问已发布的端口。' }, evidence);
  },

  remedy(engine) {
    return changeSettings(
      engine,
      { 'allow-direct-routing': null },
      {
        en: 'Take the option away. Where one network needs it, name the interfaces that are trusted in its own option trusted_host_interfaces.',
        zh: '移除该选项。若个别网络确有需要，请用该网络自己的选项 trusted_host_interfaces 指定受信任的接口。',
      },
    );
  },
});
