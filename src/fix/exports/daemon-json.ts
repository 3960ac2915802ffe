import { PlimsollError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { textOf } from '../file-diff.ts';
import { holdsSecret } from './secret-content.ts';

/**
 * The engine's configuration file as the plan leaves it. Throws a PlimsollError (`fix-refused`) where the plan does not
 * change it, where it holds a secret, and where the engine would not start with it alone.
 */
export function daemonJson({ actions }: Plan): string {
  const files = actions.flatMap(({ kind, steps }) =>
    kind === 'daemon-json' ? steps.flatMap((step) => (step.kind === 'file' ? [step] : [])) : [],
  );
  const last = files.findLast(({ path, after }) => path.endsWith('.json') && after !== null);
  if (!last) throw refusal(unchanged);
  const other = files.find(({ path }) => path !== last.path);
  if (other) throw refusal(needsUnit(last.path, other.path), wholePlan);
  const text = textOf(last.after);
  if (holdsSecret(text)) throw refusal(secret(last.path), inPlace);
  return text.endsWith('\n') ? text : `${text}\n`;
}

function refusal(reason: Text, advice?: Text): PlimsollError {
  return new PlimsollError('fix-refused', reason, advice);
}

const unchanged: Text = {
  en: "the plan changes nothing in the engine's configuration file",
  zh: '该计划不更改引擎的配置文件',
};

function needsUnit(path: string, other: string): Text {
  return {
    en: `with this ${path} alone the engine may not start: ${other} has to change with it`,
    zh: `仅使用该 ${path} 时引擎可能无法启动：${other} 须同时更改`,
  };
}

const wholePlan: Text = {
  en: 'Export the whole plan: --export shell or --export ansible.',
  zh: '请导出整个计划：--export shell 或 --export ansible。',
};

function secret(path: string): Text {
  return {
    en: `${path} looks as if it held a secret, so that its content is not exported`,
    zh: `${path} 似乎含有机密信息，因此不导出其内容`,
  };
}

const inPlace: Text = {
  en: 'Look at the diff of the plan and change it in place, or use plimsoll fix --apply.',
  zh: '请参照计划中的差异就地修改，或使用 plimsoll fix --apply。',
};
