import type { Text } from '../model/text.ts';

/** What is not taken back, by why. */
export type LeftAlone = Readonly<Record<'other' | 'gone', string[]>>;

export function bothReasons(reason: Text, stuck: Text): Text {
  return {
    en: `${reason.en}; and it could not be taken back: ${stuck.en}. The next fix tries again before anything else`,
    zh: `${reason.zh}；且无法撤回：${stuck.zh}。下次修复会首先重试`,
  };
}

export function changedSince(keys: readonly string[]): Text {
  return {
    en: `changed by somebody else since: ${keys.join(', ')}`,
    zh: `此后已被他人更改：${keys.join('、')}`,
  };
}

export function notThere(keys: readonly string[]): Text {
  return { en: `not there any more: ${keys.join(', ')}`, zh: `已不存在：${keys.join('、')}` };
}

/** What is left as it is; undefined where nothing is. */
export function leftAlone({ other, gone }: LeftAlone): Text | undefined {
  const texts = [...(other.length > 0 ? [leftToOthers(other)] : []), ...(gone.length > 0 ? [notThere(gone)] : [])];
  if (texts.length === 0) return undefined;
  return { en: texts.map(({ en }) => en).join('; '), zh: texts.map(({ zh }) => zh).join('；') };
}

function leftToOthers(keys: readonly string[]): Text {
  return {
    en: `left as it is, because somebody else has changed it since: ${keys.join(', ')}`,
    zh: `此后已被他人更改，保持原样：${keys.join('、')}`,
  };
}

export function notTakenBack({ en, zh }: Text): Text {
  return {
    en: `it could not be taken back: ${en}. The next fix tries again before anything else`,
    zh: `无法撤回：${zh}。下次修复会首先重试`,
  };
}

export function notTaken(key: string): Text {
  return {
    en: `${key} is not as it should be after the change`,
    zh: `更改后 ${key} 并非预期状态`,
  };
}

export const interrupted: Text = { en: 'the fix was interrupted; it was taken back', zh: '修复被中断，已撤回' };
export const interruptedRemoval: Text = {
  en: 'the removal was interrupted; what it had removed cannot come back',
  zh: '移除操作被中断，已移除的内容无法恢复',
};
export const notReached: Text = { en: 'not begun: the undo stopped before it', zh: '未开始：撤销在此之前已停止' };
export const cannotComeBack: Text = { en: 'what was removed cannot come back', zh: '已移除的内容无法恢复' };
export const notProven: Text = { en: 'it could not be proven', zh: '无法验证' };
