import type { Action, Refusal } from '../model/plan.ts';
import type { Text } from '../model/text.ts';
import { shellWord } from '../remedy/shell.ts';
import { isKept } from './made-by-fix.ts';
import { type Failure, type Planned, refusedAll } from './planning.ts';

/**
 * Containers that an earlier fix has kept, stopped, so that it can be undone: they are left as they are, and are not
 * removed either. `rest` are the failures of everything else.
 */
export function withoutKept(failures: readonly Failure[]): { rest: readonly Failure[]; refused: readonly Refusal[] } {
  const refused: Refusal[] = [];
  const rest = failures.flatMap((failure) => {
    const { subject, remedy } = failure;
    if (subject.kind === 'container' && isKept(subject.value)) {
      refused.push(...refusal([failure], [subject.value.name]));
      return [];
    }
    if (remedy?.kind !== 'host') return [failure];
    const names = remedy.changes.flatMap((each) => (each.kind === 'removal' && isKept(each) ? [each.name] : []));
    const changes = remedy.changes.filter((each) => each.kind !== 'removal' || !isKept(each));
    if (changes.length > 0 || names.length === 0) return [{ ...failure, remedy: { ...remedy, changes } }];
    refused.push(...refusal([failure], names));
    return [];
  });
  return { rest, refused };
}

/** Failures that removals answer only in part, because kept containers stay: the finding itself stays with them. */
export function keptInPart(failures: readonly Failure[], { actions, refused }: Planned): Planned {
  const parts = failures.flatMap((failure) => {
    const { control, subject, remedy } = failure;
    const names =
      remedy?.kind === 'host'
        ? remedy.changes.flatMap((each) => (each.kind === 'removal' && isKept(each) ? [each.name] : []))
        : [];
    const isAnswered = actions.some(({ answers }) =>
      answers.some((each) => each.control === control.id && each.subject === subject.id),
    );
    return names.length > 0 && isAnswered ? [{ failure, names }] : [];
  });
  const isPart = (each: Action['answers'][number]) =>
    parts.some(({ failure }) => failure.control.id === each.control && failure.subject.id === each.subject);
  return {
    actions: actions.map((action) => ({ ...action, answers: action.answers.filter((each) => !isPart(each)) })),
    refused: [...refused, ...parts.flatMap(({ failure, names }) => refusal([failure], names))],
  };
}

function refusal(failures: readonly Failure[], names: readonly string[]): Refusal[] {
  const list = { en: names.join(', '), zh: names.join('、') };
  const reason: Text = {
    en: `${list.en}: kept, stopped, so that an earlier fix can be undone`,
    zh: `${list.zh}：已停止并保留，以便撤销先前的修复`,
  };
  const advice: Text = {
    en: 'Remove it when that fix need not be undone any more.',
    zh: '确认不再需要撤销该修复后即可移除。',
  };
  return refusedAll(failures, reason, { advice, commands: names.map((name) => `docker rm ${shellWord(name)}`) });
}
