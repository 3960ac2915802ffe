import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import type { TextEdit } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';
import { packageCalls } from './package-calls.ts';
import { packageCommandOf, type PackageManager } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { runsOf } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const managers: readonly PackageManager[] = ['apt-get', 'apt', 'aptitude', 'apk'];

/** Programs that install nothing, whatever they are told. Of any other behind an update one cannot say. */
const harmless: ReadonlySet<string> = new Set(
  `rm echo printf true : cd set mkdir cp mv ln touch chmod chown sed cat tee export locale-gen apt-cache apt-mark
  dpkg-reconfigure update-ca-certificates find ls sleep test [ grep date groupadd useradd adduser addgroup sync sudo env`.split(
    /\s+/,
  ),
);

const summary: Text = {
  en: 'Fetch the package lists in the RUN that installs from them.',
  zh: '在安装软件包的同一条 RUN 中获取软件包列表。',
};

const places = remembered(findPlaces);

export const dockerfileAptUpdateAlone = defineControl({
  id: 'dockerfile-apt-update-alone',
  subject: 'dockerfile',
  severity: 'medium',
  title: {
    en: 'Package lists are fetched in the RUN that installs from them',
    zh: '软件包列表在安装软件包的同一条 RUN 中获取',
  },
  why: {
    en: 'A RUN that only fetches the lists is cached. Months later the next RUN installs by those old lists: it gets old packages without their security fixes, or none at all.',
    zh: '只获取列表的 RUN 会被缓存。数月之后，下一条 RUN 仍按旧列表安装：得到缺少安全修复的旧软件包，甚至安装失败。',
  },
  how: {
    en: 'Behind every update of apt-get, apt, aptitude or apk the same RUN installs or upgrades. A RUN that goes on with a script or a program that might install is left alone. All stages are judged.',
    zh: '在 apt-get、apt、aptitude 或 apk 的每个 update 之后，同一条 RUN 都进行安装或升级。若 RUN 之后还调用可能进行安装的脚本或程序，则不作判断。所有阶段都参与判断。',
  },
  references: {
    aliases: ['DS-0017', 'CKV_DOCKER_5'],
    links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update\nRUN apt-get install -y curl\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No package lists are fetched for a later RUN.',
      zh: '没有为之后的 RUN 单独获取软件包列表。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const edit = place && joinWithNext(dockerfile, place.run);
    return edit ? editText([edit], summary) : byHand(summary);
  },
});

function findPlaces({ instructions }: Dockerfile) {
  return runsOf(instructions).flatMap((run) => {
    const commands = commandsOf(run);
    const update = packageCalls([run], managers).findLast(({ action }) => action === 'update');
    if (!update) return [];
    const rest = commands.slice(commands.indexOf(update.command) + 1);
    if (!rest.every(installsNothing)) return [];
    return [
      {
        run,
        span: update.span,
        value: `${update.manager} ${update.action}`,
        message: {
          en: `${update.manager} update stands in a RUN that installs nothing.`,
          zh: `${update.manager} update 所在的 RUN 没有安装任何软件包。`,
        },
      },
    ];
  });
}

function installsNothing(command: ShellCommand): boolean {
  if (command.words.length === 0) return true;
  const call = packageCommandOf(command);
  if (!call || !managers.includes(call.manager)) return harmless.has(command.program);
  return /^(?:|update|clean|autoclean|autoremove|remove|purge|del|check|info|cache|list|search|show|policy)$/.test(
    call.action,
  );
}

/** Makes this RUN and the one below it one RUN, where both are plain and neither can tell. */
function joinWithNext({ instructions, text, escape, problems }: Dockerfile, run: RunInstruction): TextEdit | undefined {
  const next = instructions[instructions.indexOf(run) + 1];
  if (problems.length > 0 || !instructions.includes(run) || next?.keyword !== 'run') return undefined;
  if (!isPlain(run) || !isPlain(next)) return undefined;
  const onlyUpdates = commandsOf(run).every(
    (each) => packageCommandOf(each)?.action === 'update' || each.program === 'sudo',
  );
  const isChain = commandsOf(next).every(
    ({ joined, depth }) => joined === undefined || (depth === 0 && joined === '&&'),
  );
  const end = Math.max(...commandsOf(run).map(({ span }) => span.end));
  const between = text.slice(end, next.keywordSpan.start);
  if (!onlyUpdates || !isChain || !/^\s*$/.test(between)) return undefined;
  const start = next.keywordSpan.end;
  const gap = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  const lineEnd = /\r\n|\n|\r/.exec(between)?.[0] ?? '\n';
  return { start: end, end: start + gap, text: ` ${escape}${lineEnd}    && ` };
}

function isPlain({ form, flags, heredocs, script }: RunInstruction): boolean {
  return form === 'shell' && flags.length === 0 && heredocs.length === 0 && script?.errors.length === 0;
}
