import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { type Place, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';

export const dockerfilePointlessCommands = defineControl({
  id: 'dockerfile-pointless-commands',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'No RUN calls what makes no sense in a build', zh: 'RUN 不调用在构建中没有意义的命令' },
  why: {
    en: 'A build has no services, no users at a screen and nothing that lasts but files. A command that shows, stops or mounts something leaves no trace in the image.',
    zh: '构建中没有服务，没有坐在屏幕前的用户，除文件外什么也不会留下。显示、停止或挂载某物的命令不会在镜像中留下任何痕迹。',
  },
  how: {
    en: 'No program of a RUN is one of the list. ssh is accepted in a RUN with a mount of type ssh, mount in a RUN with --security=insecure.',
    zh: 'RUN 中的程序不在列表之内。带有 ssh 类型挂载的 RUN 可以调用 ssh，带有 --security=insecure 的 RUN 可以调用 mount。',
  },
  references: { aliases: ['DL3001'], links: ['https://docs.docker.com/build/building/best-practices/'] },
  parameters: {
    programs: {
      default: 'ssh vim shutdown reboot service ps free top htop kill killall mount umount ifconfig nano'.split(' '),
      description: { en: 'Programs that a build has no use for.', zh: '构建中没有用处的程序。' },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN service nginx start\n',
    good: 'FROM debian:13\nRUN nginx -t\n',
  },

  judge(dockerfile, { parameters: { programs } }) {
    return verdictsAt(dockerfile, places(dockerfile, programs), {
      en: 'Every command can have an effect on the image.',
      zh: '命令都可能对镜像产生作用。',
    });
  },

  remedy() {
    return byHand({
      en: 'Take the command out, or call it when the container starts.',
      zh: '删除该命令，或在容器启动时调用。',
    });
  },
});

function places({ instructions }: Dockerfile, programs: readonly string[]): readonly Place[] {
  return runsOf(instructions).flatMap((run) =>
    commandsOf(run)
      .filter(({ program }) => programs.includes(program) && !isMeant(program, run))
      .map(({ program, words: [word], span }) => ({
        span: word?.span ?? span,
        value: program,
        message: { en: `${program} has no lasting effect in a build.`, zh: `${program} 在构建中没有持久作用。` },
      })),
  );
}

function isMeant(program: string, { mounts, flags }: RunInstruction): boolean {
  if (program === 'ssh') return mounts.some(({ type }) => type === 'ssh');
  return (
    program.endsWith('mount') && flags.some(({ name, value }) => name === 'security' && value?.text === 'insecure')
  );
}
