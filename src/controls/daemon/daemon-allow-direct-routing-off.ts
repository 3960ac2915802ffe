import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { editUnitCommands, isOlder, restartCommands } from './engine-service.ts';
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
    en: 'Looks at allow-direct-routing on the command line and in the file, and for the warning of the engine that DOCKER_INSECURE_NO_IPTABLES_RAW, which does the same, is set. Engines before 28 do not have the protection that they take away.',
    zh: '查看命令行和配置文件中的 allow-direct-routing，以及引擎关于作用相同的 DOCKER_INSECURE_NO_IPTABLES_RAW 已设置的警告。28 之前的引擎没有它们所关闭的保护。',
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
    const { info } = engine;
    if (info.known && warnsOfVariable(engine)) {
      return fail(
        {
          en: `The engine was started with ${variable}: any machine that adds a route reaches containers.`,
          zh: `引擎启动时设置了 ${variable}：任何添加路由的机器都能访问容器。`,
        },
        evidenceOf(info, [...info.value.warnings], `${info.path} Warnings`),
      );
    }
    const setting = daemonSetting(engine, 'allow-direct-routing');
    if (!setting.known) return unknownFrom(setting);
    const evidence = evidenceOf(setting, setting.value ?? null);
    if (setting.value === true) {
      return fail(
        { en: 'Any machine that adds a route reaches containers.', zh: '任何添加路由的机器都能访问容器。' },
        evidence,
        'allow-direct-routing',
      );
    }
    // Engines before 28 never have what the option takes away.
    return version.known
      ? pass({ en: 'Only published ports are reachable.', zh: '只能访问已发布的端口。' }, evidence)
      : unknownFrom(version);
  },

  remedy(engine) {
    if (warnsOfVariable(engine)) {
      return byHand(
        {
          en: `Take ${variable} out of the environment of the engine, usually in a drop-in of its unit. The kernel must have the raw table of iptables.`,
          zh: `从引擎的环境变量中移除 ${variable}，通常写在其 unit 的 drop-in 中。内核须支持 iptables 的 raw 表。`,
        },
        [...editUnitCommands(engine), ...restartCommands(engine)],
        'daemon-restart',
      );
    }
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

/** For kernels without the raw table: the engine then writes none of the rules that keep neighbours out. */
const variable = 'DOCKER_INSECURE_NO_IPTABLES_RAW';

function warnsOfVariable({ info }: EngineFacts): boolean {
  return info.known && info.value.warnings.some((warning) => warning.includes(variable));
}
