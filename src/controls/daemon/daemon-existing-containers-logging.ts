import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { EngineInfo } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';

export const daemonExistingContainersLogging = defineControl({
  id: 'daemon-existing-containers-logging',
  subject: 'engine',
  severity: 'low',
  title: {
    en: 'Every container logs through the engine’s default driver',
    zh: '所有容器都使用引擎的默认日志驱动',
  },
  why: {
    en: 'A container keeps the log driver that it was created with. After the default has changed, the logs of older containers still go where nobody looks.',
    zh: '容器沿用创建时的日志驱动。更改默认驱动之后，旧容器的日志仍会写到无人查看的地方。',
  },
  how: {
    en: 'Compares the log driver of every container, running or not, with the default of the running engine. Drivers in the parameter allowedDrivers are chosen on purpose.',
    zh: '将每个容器（无论是否运行）的日志驱动与运行中引擎的默认驱动比较。参数 allowedDrivers 中的驱动视为有意选用。',
  },
  references: { cisDocker: ['2.13'], links: ['https://docs.docker.com/engine/logging/configure/'] },
  parameters: {
    allowedDrivers: {
      default: [] as string[],
      description: {
        en: 'Log drivers that a container may use although they are not the default.',
        zh: '允许容器使用的非默认日志驱动。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'log-driver': 'fluentd', 'log-opts': { 'fluentd-address': 'logs.example:24224' } },

  judge({ info }, { parameters, machine }) {
    if (!info.known) return unknownFrom(info);
    const usual = info.value.loggingDriver;
    const evidence = evidenceOf(info, usual ?? null, `${info.path} LoggingDriver`);
    if (!machine || usual === undefined || usual === '') {
      return unknown(
        {
          en: 'The containers or the default log driver of this engine are not known.',
          zh: '无法得知该引擎的容器或其默认日志驱动。',
        },
        { en: 'access to the engine and its containers', zh: '需要能访问引擎及其容器' },
        evidence,
      );
    }
    if (machine.containers.length === 0) {
      return notApplicable({ en: 'There are no containers.', zh: '没有容器。' }, evidence);
    }
    const others = differing(machine, info.value, parameters.allowedDrivers);
    if (others.length === 0) {
      return pass({ en: `All containers log through ${usual}.`, zh: `所有容器均使用 ${usual}。` }, evidence);
    }
    const named = others.map(({ name, logging }) => `${name} (${logging.driver})`);
    return fail(
      {
        en: `The default is ${usual}, but these containers log elsewhere: ${named.join(', ')}.`,
        zh: `默认驱动为 ${usual}，但以下容器使用其他驱动：${named.join('、')}。`,
      },
      [evidence, ...others.map(driverOfContainer)],
    );
  },

  remedy({ info }, { parameters, machine }) {
    const others = info.known && machine ? differing(machine, info.value, parameters.allowedDrivers) : [];
    const names = others.map(({ name }) => name);
    return byHand(
      {
        en: `Re-create these containers, through Compose, Swarm or Kubernetes where one of them owns a container: ${names.join(', ')}. A driver that was chosen on purpose belongs into the parameter allowedDrivers.`,
        zh: `重建以下容器（由 Compose、Swarm 或 Kubernetes 管理的须通过相应工具重建）：${names.join('、')}。有意选用的驱动请列入参数 allowedDrivers。`,
      },
      [],
      'recreate',
    );
  },
});

function differing({ containers }: Machine, { loggingDriver }: EngineInfo, allowed: readonly string[]) {
  return containers.filter(
    ({ logging: { driver } }) => driver !== undefined && driver !== loggingDriver && !allowed.includes(driver),
  );
}

function driverOfContainer(container: ContainerSpec): Evidence {
  const { source, path, value } = configured(container, 'logging.driver', container.logging.driver ?? null);
  return { source, path: `${container.name} ${path}`, value };
}
