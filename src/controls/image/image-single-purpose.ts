import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { isSupervisor } from '../container/process-role.ts';
import { bareConfiguration, inspected } from './names-of-image.ts';
import { startField } from './start-field.ts';
import { startedPrograms } from '../container/started-program.ts';

export const imageSinglePurpose = defineControl({
  id: 'image-single-purpose',
  subject: 'image',
  severity: 'low',
  title: {
    en: 'The image starts one service, not a supervisor of several',
    zh: '镜像启动单个服务，而非管理多个服务的监管程序',
  },
  why: {
    en: 'Services that share a container share its rights and its fate, and the engine neither sees nor restarts those behind the first process.',
    zh: '同一容器内的多个服务共享权限和命运，首个进程背后的服务引擎既看不到也不会重启。',
  },
  how: {
    en: 'Looks at the entry point and the command for supervisors and whole init systems. An init that only reaps, such as tini, passes, and so does /init, which may keep one service.',
    zh: '在入口点与命令中查找监管程序和完整的 init 系统。tini 之类只负责回收进程的 init 通过，可能只维持一个服务的 /init 也通过。',
  },
  references: {
    cisDocker: ['4.3'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/engine/containers/multi-service_container/'],
  },
  parameters: {
    accepted: {
      default: [] as readonly string[],
      description: { en: 'Names of supervisors that are accepted.', zh: '可接受的监管程序名称。' },
    },
  },
  counterexample: { configuration: { ...bareConfiguration, command: ['/usr/bin/supervisord', '-n'] } },

  judge({ configuration }, { parameters: { accepted } }) {
    const programs = startedPrograms(configuration);
    const [first = ''] = [...configuration.entrypoint, ...configuration.command];
    const system = /^\/(?:usr\/)?s?bin\/init$/.test(first) ? 'init' : undefined;
    const supervisor = system ?? programs.find(isSupervisor);
    if (supervisor !== undefined && !accepted.includes(supervisor)) {
      const { field, path } = startField(configuration, supervisor);
      return fail(
        { en: `It starts ${supervisor}, which runs several services.`, zh: `它启动 ${supervisor}，由其运行多个服务。` },
        inspected(path, supervisor),
        field,
      );
    }
    return pass(
      { en: 'It starts no supervisor of several services.', zh: '未启动管理多个服务的监管程序。' },
      // Only the first word is sure to be a program, and no argument.
      inspected('Config.Entrypoint', programs.slice(0, 1)),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Make an image of each service, and let Compose or the orchestrator start them together.',
        zh: '为每个服务制作独立的镜像，由 Compose 或编排系统一起启动。',
      },
      [],
      'rebuild',
    );
  },
});
