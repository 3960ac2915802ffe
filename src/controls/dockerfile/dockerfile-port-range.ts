import { defineControl } from '../../model/control.ts';
import { type Dockerfile, instructionsOf, type Word } from '../../model/dockerfile.ts';
import { byHand, editText } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { type Place, verdictsAt } from './places.ts';

const highest = 65535;

export const dockerfilePortRange = defineControl({
  id: 'dockerfile-port-range',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'EXPOSE names ports that exist', zh: 'EXPOSE 写的是有效端口' },
  why: {
    en: 'Ports go up to 65535. A build refuses anything else, or the port that is meant is not exposed.',
    zh: '端口号最大为 65535。其他写法会被构建拒绝，或者真正想要的端口没有暴露。',
  },
  how: {
    en: 'Every word of EXPOSE is a number up to 65535, or a range from the lower to the higher one, with tcp, udp or sctp behind a slash where there is one. A port of the host in front of it is refused or ignored by builders, and fails. Variables are replaced; what has no value is left alone.',
    zh: 'EXPOSE 的每个词都是不超过 65535 的数字，或由小到大的范围，斜杠之后只能是 tcp、udp 或 sctp。前面带有主机端口的写法会被构建工具拒绝或忽略，判为未通过。变量会被替换；没有值的不作判断。',
  },
  references: {
    aliases: ['DL3011', 'DS-0008'],
    links: ['https://docs.docker.com/reference/dockerfile/#expose'],
  },
  counterexample: {
    bad: 'FROM debian:13\nEXPOSE 80800\n',
    good: 'FROM debian:13\nEXPOSE 8080\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every port of EXPOSE exists.',
      zh: 'EXPOSE 的端口均有效。',
    });
  },

  remedy({ text }, _context, { span }) {
    const own = span && publishedPort(text.slice(span.start, span.end));
    return span && own !== undefined && faultOf(own) === undefined
      ? editText([{ ...span, text: own }], { en: `Write ${own}.`, zh: `改为 ${own}。` })
      : byHand({ en: 'Write the port of the service.', zh: '写明服务的端口。' }, ['EXPOSE 8080/tcp'], 'rebuild');
  },
});

function places({ instructions }: Dockerfile): readonly Place[] {
  return instructionsOf(instructions, ['expose'], { onbuild: true }).flatMap(({ words }) => {
    // There are no comments behind an instruction: all that follows is taken for ports, and is one mistake.
    const comment = words.findIndex(({ text }) => text.startsWith('#'));
    return words.slice(0, comment < 0 ? words.length : comment + 1).flatMap((word) => placesIn(word));
  });
}

function placesIn({ value, span }: Word): Place[] {
  const message = (value ?? '')
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(faultOf)
    .find((fault) => fault !== undefined);
  return message ? [{ span, value: value ?? '', message }] : [];
}

function faultOf(part: string): Text | undefined {
  if (publishedPort(part) !== undefined) {
    return { en: `${part} names a port of the host too.`, zh: `${part} 还写了主机端口。` };
  }
  const [, first, last] = /^(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp))?$/i.exec(part) ?? [];
  if (first === undefined) return { en: `${part} is no port.`, zh: `${part} 不是端口。` };
  const [from, to] = [Number(first), Number(last ?? first)];
  if (from > highest || to > highest) {
    return { en: `${part} is above ${highest}, the highest port.`, zh: `${part} 超过最大端口 ${highest}。` };
  }
  return to < from
    ? { en: `The range ${part} ends before it begins.`, zh: `范围 ${part} 的终点小于起点。` }
    : undefined;
}

/** What is behind the host's side in `8080:80` or `127.0.0.1:8080:80`. */
function publishedPort(part: string): string | undefined {
  return /^(?:[\d.]+:)?\d+(?:-\d+)?:(\d+(?:-\d+)?(?:\/\w+)?)$/.exec(part)?.[1];
}
