import { readEnvironmentText } from '../environment-file.ts';
import { splitWords } from '../unit-text.ts';
import type { StartScriptPlace } from './unit-drop-in-obstacles.ts';

/** Files from which a script takes the options of dockerd: OpenRC's first, then those of SysV. */
const files = [
  { path: '/etc/conf.d/docker', restart: 'rc-service docker restart' },
  { path: '/etc/default/docker', restart: 'service docker restart' },
  { path: '/etc/sysconfig/docker', restart: 'service docker restart' },
] as const;

/** Where a script of the init system was told an option, by the argument as the process got it. */
export function placeInStartScript(
  argument: string,
  textAt: (path: string) => string | undefined,
): StartScriptPlace | undefined {
  for (const { path, restart } of files) {
    const text = textAt(path) ?? '';
    for (const { name, value, places } of readEnvironmentText(text).toReversed()) {
      const word = splitWords(value, 'plain')?.find((each) => each.text === argument);
      if (!word) continue;
      const line = text.slice(0, places[word.start]).split(/\r\n|\n|\r/).length;
      return { path, line, variable: name, restart };
    }
  }
  return undefined;
}
