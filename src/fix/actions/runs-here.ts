import type { Text } from '../../model/text.ts';

/** Why the container that Plimsoll itself runs in is left alone. */
export const runsHere: { readonly reason: Text; readonly advice: Text } = {
  reason: {
    en: 'Plimsoll itself runs in it, and would be ended half way',
    zh: 'Plimsoll 自身就运行在其中，执行到一半便会被终止',
  },
  advice: {
    en: 'Run plimsoll fix on the host, or in another container that is not to be changed.',
    zh: '请在主机上或另一个无需更改的容器中运行 plimsoll fix。',
  },
};
