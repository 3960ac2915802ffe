import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { editText } from '../../model/remedy.ts';
import { commandOptions } from './command-options.ts';
import { insertOption } from './package-calls.ts';
import { placeOf, verdictsAt } from './places.ts';
import { commandsOf } from './run-commands.ts';
import { expanded, runsOfTarget } from './run-instructions.ts';
import { remembered } from '../../model/remembered.ts';

const places = remembered(findPlaces);

export const dockerfileUseraddHighUid = defineControl({
  id: 'dockerfile-useradd-high-uid',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'useradd with a high UID keeps no login log', zh: '使用大 UID 的 useradd 不写登录日志' },
  why: {
    en: 'useradd writes records of logins at an offset that grows with the UID. The files have a hole of many megabytes, and layers do not keep holes: the image grows by their full size.',
    zh: 'useradd 在随 UID 增大的偏移处写入登录记录，文件中会有数兆乃至数百兆字节的空洞；镜像层不保留空洞，镜像会按文件的完整大小增长。',
  },
  how: {
    en: 'No useradd of the final image with a UID of 100000 or more is without -l or --no-log-init. A UID in a variable is judged by its value where ENV or ARG gives one.',
    zh: '最终镜像中 UID 不小于 100000 的 useradd 都带有 -l 或 --no-log-init。变量中的 UID 在 ENV 或 ARG 给出取值时按该值判断。',
  },
  references: {
    aliases: ['DL3046'],
    links: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN useradd -u 1234567 shop\n',
    good: 'FROM debian:13\nRUN useradd -l -u 1234567 shop\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No useradd writes a large login log.',
      zh: '没有写入大体积登录日志的 useradd。',
    });
  },

  remedy(dockerfile, _context, failure) {
    const place = placeOf(places(dockerfile), failure);
    return editText(place ? [insertOption(place.run, place.span.end, '-l')] : [], {
      en: 'Add -l.',
      zh: '添加 -l。',
    });
  },
});

const grammar = {
  letters: 'bcdefgGkKpsuZRPF',
  long: `base-dir comment home-dir expiredate inactive gid groups skel key password shell uid selinux-user root prefix`.split(
    ' ',
  ),
};

function findPlaces(dockerfile: Dockerfile) {
  return runsOfTarget(dockerfile).flatMap((run) =>
    commandsOf(run).flatMap(({ program, words: [word, ...rest] }) => {
      if (program !== 'useradd' || !word) return [];
      const options = commandOptions(rest, grammar);
      if (options.some(({ name }) => name === '-l' || name === '--no-log-init')) return [];
      const given = options.findLast(({ name }) => name === '-u' || name === '--uid')?.value;
      const uid = given && expanded(given, run);
      if (!uid || !/^\d+$/.test(uid) || Number(uid) < 100_000) return [];
      return [
        {
          run,
          span: word.span,
          value: `useradd -u ${uid}`,
          message: {
            en: `useradd writes a login log for UID ${uid}: it has no -l.`,
            zh: `useradd 没有 -l，会为 UID ${uid} 写入登录日志。`,
          },
        },
      ];
    }),
  );
}
