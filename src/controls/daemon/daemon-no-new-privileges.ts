import { defineControl, type Machine } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { isOlder, restartCommands } from './engine-service.ts';
import { securityOption } from './security-options.ts';
import { changeSettings } from './setting-change.ts';

export const daemonNoNewPrivileges = defineControl({
  id: 'daemon-no-new-privileges',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'no_new_privs is the default for containers', zh: '容器默认启用 no_new_privs' },
  why: {
    en: 'Without it a process in a container can gain privileges through any setuid program that the image happens to hold.',
    zh: '若未启用，容器内的进程可借助镜像中任意一个 setuid 程序提升权限。',
  },
  how: {
    en: 'Asks the running engine; one older than 24.0 does not report it, and its setting decides. It passes as well when the kernel shows the flag on every running container.',
    zh: '查询运行中的引擎；24.0 之前的引擎不报告此项，以其设置为准。若内核显示每个运行中的容器都已带此标志，同样通过。',
  },
  references: {
    cisDocker: ['2.14'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  engines: ['docker'],
  counterexample: { 'no-new-privileges': false },

  judge(engine, { machine }) {
    const flagged = flaggedContainers(machine);
    const onContainers = pass(
      { en: 'Every running container has no_new_privs.', zh: '每个运行中的容器都已启用 no_new_privs。' },
      flagged,
    );
    const { info, version } = engine;
    if (!info.known) return flagged.length > 0 ? onContainers : unknownFrom(info);
    const reported = evidenceOf(info, info.value.securityOptions, `${info.path} SecurityOptions`);
    if (securityOption(info.value, 'no-new-privileges')) return pass(isDefault, reported);
    const setting = daemonSetting(engine, 'no-new-privileges');
    const silent = version.known && isOlder(version.value.version, 24, 0) === true;
    if (silent && setting.known && setting.value === true) return pass(isDefault, evidenceOf(setting));
    if (flagged.length > 0) return onContainers;
    if (silent && !setting.known) return unknownFrom(setting);
    if (!version.known) return unknownFrom(version);
    const evidence = setting.known ? [reported, evidenceOf(setting, setting.value ?? null)] : [reported];
    const message = isAsked(engine)
      ? {
          en: 'The setting is there, but the running engine does not use it: it has not been restarted since.',
          zh: '设置已存在，但运行中的引擎并未采用：此后尚未重启。',
        }
      : {
          en: 'Processes in containers may gain privileges unless a container forbids it itself.',
          zh: '除非容器自行禁止，否则其中的进程可以提升权限。',
        };
    return fail(message, evidence, 'no-new-privileges');
  },

  remedy(engine) {
    if (isAsked(engine)) {
      return byHand(
        {
          en: 'Restart the engine, and then the containers, so that the setting takes hold.',
          zh: '依次重启引擎和容器，使设置生效。',
        },
        restartCommands(engine),
        'daemon-restart',
      );
    }
    return changeSettings(
      engine,
      { 'no-new-privileges': true },
      {
        en: 'Set "no-new-privileges" to true. It holds for containers started from then on; one that needs setuid programs such as sudo can opt out with --security-opt no-new-privileges=false.',
        zh: '将 "no-new-privileges" 设为 true，对此后启动的容器生效；确需 sudo 等 setuid 程序的容器可用 --security-opt no-new-privileges=false 单独关闭。',
      },
    );
  },
});

const isDefault = { en: 'no_new_privs is the default.', zh: '默认启用 no_new_privs。' };

function isAsked(engine: EngineFacts): boolean {
  const setting = daemonSetting(engine, 'no-new-privileges');
  return setting.known && setting.value === true;
}

/** What the kernel says of the running containers, when it says of each of them that the flag is set. */
function flaggedContainers(machine: Machine | undefined): Evidence[] {
  const running = machine?.containers.filter(({ state }) => state === 'running') ?? [];
  const evidence = running.flatMap(({ effective }) =>
    effective?.noNewPrivileges.known && effective.noNewPrivileges.value ? [evidenceOf(effective.noNewPrivileges)] : [],
  );
  return evidence.length === running.length ? evidence : [];
}
