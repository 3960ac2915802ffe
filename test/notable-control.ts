import { expect, test } from 'vitest';
import type { Control } from '../src/model/control.ts';
import { unreadable } from '../src/model/fact.ts';
import type { NotableKind } from '../src/model/notable-file.ts';
import { contextOf, halfRead, judge, opened, openedWith } from './subjects.ts';

interface Decided {
  /** A file that must fail. */
  readonly file: { readonly kind: NotableKind; readonly path: string; readonly detail: string };
  /** What the failure says of it. */
  readonly said: string;
  /** The file that must be readable for the control to pass, where one file decides. */
  readonly deciding?: string;
}

/** What is expected of every control of an image that fails for a file of some kind, and can accept it by its path. */
export function expectFileControl(control: Control<'image'>, { file, said, deciding }: Decided): void {
  test('what was found fails, and is named', () => {
    const verdict = judge(control, openedWith(file));
    expect(verdict).toMatchObject({ status: 'fail', evidence: [{ path: file.path }] });
    expect(verdict.message.en).toContain(said);
    expect(control.remedy(openedWith(file), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
  });

  test('its path can be accepted', () => {
    expect(judge(control, openedWith(file), { parameters: { accepted: [file.path] } }).status).toBe('pass');
  });

  test('nothing passes only where all was looked at', () => {
    expect(judge(control, opened()).status).toBe('pass');
    expect(judge(control, opened(halfRead)).status).toBe('unknown');
  });

  if (deciding === undefined) return;
  test('without the file that decides it is unknown', () => {
    const gap = unreadable(
      'file',
      deciding,
      { en: 'permission denied', zh: '权限不足' },
      { en: 'run as root', zh: '以 root 运行' },
    );
    expect(judge(control, opened({ gaps: [gap] }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
    expect(judge(control, opened({ gaps: [{ ...gap, path: '/srv/a.jar' }] })).status).toBe('pass');
  });
}
