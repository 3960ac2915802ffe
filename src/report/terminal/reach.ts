import type { Reach } from '../../model/reach.ts';
import type { Language } from '../../model/text.ts';
import { heading } from './frame.ts';
import { indented } from './lines.ts';
import type { Terminal } from './paint.ts';

/** Which containers can open connections to which, a way a line. */
export function reachLines(reach: readonly Reach[], language: Language, terminal: Terminal): string[] {
  if (reach.length === 0) return [];
  return [
    '',
    heading(language === 'zh' ? '容器间的可达关系' : 'Who can reach whom', terminal),
    ...reach.flatMap((each) => indented('  ', language === 'zh' ? chinese(each) : english(each), terminal)),
  ];
}

function english({ over, by, ports, from, to }: Reach): string {
  const place = by === 'namespace' ? 'in one network namespace' : `over ${over}`;
  const what = ports === 'every' ? 'every port' : 'the published ports';
  if (isMutual({ from, to })) return `${place}: ${names(from, ', ', 'more')} reach ${what} of each other`;
  return `${place}: ${names(from, ', ', 'more')} → ${what} of ${names(to, ', ', 'more')}`;
}

function chinese({ over, by, ports, from, to }: Reach): string {
  const place = by === 'namespace' ? '同一网络命名空间' : `经 ${over}`;
  const what = ports === 'every' ? '所有端口' : '已发布的端口';
  if (isMutual({ from, to })) return `${place}：${names(from, '、', '个')} 可互相访问${what}`;
  return `${place}：${names(from, '、', '个')} → ${names(to, '、', '个')} 的${what}`;
}

function isMutual({ from, to }: Pick<Reach, 'from' | 'to'>): boolean {
  return from.length === to.length && from.every((name) => to.includes(name));
}

/** Of a long list the first few, and the number of the others. */
function names(all: readonly string[], separator: string, others: string): string {
  const shown = all.slice(0, 8);
  const rest = all.length - shown.length;
  return shown.join(separator) + (rest > 0 ? `${separator}+${rest} ${others}` : '');
}
