import { defineControl } from '../../model/control.ts';
import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { ShellCommand } from '../../model/shell.ts';
import { insertOption, packageCalls } from './package-calls.ts';
import { installsOf } from './package-install.ts';
import { placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { instructionsBefore, isConfiguredBefore, runsOf } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const places = remembered(findPlaces);

export const dockerfileWgetProgress = defineControl({
  id: 'dockerfile-wget-progress',
  subject: 'dockerfile',
  severity: 'info',
  title: { en: 'wget does not fill the build log', zh: 'wget 不刷屏构建日志' },
  why: {
    en: 'Without a terminal wget writes its progress line by line, thousands of lines for a large file, and what matters in the log is lost among them.',
    zh: '没有终端时，wget 会逐行输出进度，大文件会产生数千行，日志中重要的内容会被淹没。',
  },
  how: {
    en: 'Every wget has --progress, -q, -nv or a file for its log, or its errors go to a file, or a wgetrc written earlier says so.',
    zh: '每个 wget 都带有 --progress、-q、-nv 或日志文件，或把标准错误写到文件，或由先前写入的 wgetrc 设置。',
  },
  references: {
    aliases: ['DL3047'],
    links: ['https://www.gnu.org/software/wget/manual/html_node/Download-Options.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN wget https://shop.example/web.tar.gz\n',
    good: 'FROM debian:13\nRUN wget --progress=dot:giga https://shop.example/web.tar.gz\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No wget fills the build log.',
      zh: '没有刷屏构建日志的 wget。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    const summary = { en: 'Add --progress=dot:giga.', zh: '添加 --progress=dot:giga。' };
    if (place && isGnu(dockerfile, place.run))
      return editText([insertOption(place.run, place.span.end, '--progress=dot:giga')], summary);
    return byHand({
      en: 'Add --progress=dot:giga, or -q where wget is that of BusyBox.',
      zh: '添加 --progress=dot:giga；若是 BusyBox 的 wget，则添加 -q。',
    });
  },
});

function findPlaces(dockerfile: Dockerfile) {
  return runsOf(dockerfile.instructions).flatMap((run) =>
    commandsOf(run)
      .filter((command) => command.program === 'wget' && !isQuiet(command))
      .filter(() => !isConfiguredBefore(dockerfile, run, /\bprogress\s*=|(?:quiet|verbose)\s*=\s*(?:on|off)/, /wgetrc/))
      .map(({ words: [word], span }) => ({
        run,
        span: word?.span ?? span,
        value: 'wget',
        message: { en: 'wget writes its progress to the log.', zh: 'wget 会把进度写入日志。' },
      })),
  );
}

/** BusyBox has a wget too, that knows less; one that is installed is GNU's. */
function isGnu(dockerfile: Dockerfile, run: RunInstruction): boolean {
  return packageCalls(
    [...runsOf(instructionsBefore(dockerfile, run)), run],
    ['apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf', 'zypper'],
  ).some(({ command }) => installsOf(command)?.packages.some(({ text }) => /^wget(?:$|[=~-])/.test(text)));
}

/** The letters of wget that take a value end a cluster, and `-n` has a second letter. */
const clusters = /^-(?!-)(?:n[dvcHpL]|[^nOoaPtTUBDAREeIXQwl-])*?(?:q|nv|[oahV])/;
const longOptions =
  /^--(?:progress(?:=|$)|quiet$|no-verbose$|output-file(?:=|$)|append-output(?:=|$)|background$|help$|version$)/;

function isQuiet({ words, redirects }: ShellCommand): boolean {
  if (redirects.some(({ operator }) => operator.startsWith('2>') || operator.startsWith('&>'))) return true;
  return words.slice(1).some(({ text }) => clusters.test(text) || longOptions.test(text));
}
