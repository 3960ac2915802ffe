import { describe, expect, test } from 'vitest';
import type { Subject } from '../../model/control.ts';
import { byHand, editText as editOf, type Remedy } from '../../model/remedy.ts';
import { fail, unknown } from '../../model/verdict.ts';
import { mend } from './mend.ts';
import type { JudgedText, MendableFinding } from './mendable.ts';

const words = { en: 'Text.', zh: '文本。' };

/** What a line of the text is: the control that it breaks, and the line that the remedy makes of it. */
const faults: Readonly<Record<string, { readonly becomes?: string; readonly unlessBefore?: string }>> = {
  bad: { becomes: 'good' },
  awful: { becomes: 'good' },
  manual: {},
  // Its remedy does not help, makes the text unreadable, or only hides what is wrong.
  stuck: { becomes: 'stuck' },
  breaking: { becomes: 'unreadable' },
  hiding: { becomes: 'hidden' },
  // Its remedy brings up another failure.
  spoiling: { becomes: 'manual' },
  first: { becomes: 'second' },
  second: { becomes: 'third' },
  third: { becomes: 'good' },
  ping: { becomes: 'pong' },
  pong: { becomes: 'ping' },
  // It can only be mended when nothing is bad any more.
  last: { becomes: 'late' },
};

/** Judges texts in which every line is a thing of its own, and counts how often. */
function judgeOfLines() {
  const state = { count: 0 };
  const judge = (text: string): JudgedText<MendableFinding> | undefined => {
    state.count += 1;
    const lines = text.split('\n');
    if (lines.includes('unreadable')) return undefined;
    const subjects = lines.map((line, index) => ({ kind: 'dockerfile', id: `${index}:${line}`, value: {} }) as Subject);
    let start = 0;
    const findings = lines.flatMap((line, index): MendableFinding[] => {
      const span = { start, end: start + line.length };
      start += line.length + 1;
      const subject = subjects[index];
      const fault = line === 'late' && lines.includes('bad') ? {} : faults[line];
      if (!subject) return [];
      const control = { id: `no-${line === 'late' ? 'last' : line === 'hidden' ? 'hiding' : line}` };
      if (line === 'hidden') return [{ control, subject, status: 'unknown', verdict: unknown(words, words) }];
      if (!fault) return [];
      const remedy: Remedy =
        fault.becomes === undefined ? byHand(words) : editOf([{ ...span, text: fault.becomes }], words);
      return [{ control, subject, status: 'fail', verdict: fail(words, []), remedy }];
    });
    return { findings, subjects };
  };
  return { judge, state };
}

function mended(...lines: readonly string[]) {
  const { judge, state } = judgeOfLines();
  const { text, fixed, refused } = mend('Dockerfile', lines.join('\n'), judge);
  return {
    lines: text.split('\n'),
    fixed: fixed.map(({ subject }) => subject.id),
    refused: refused.map(({ finding }) => finding.subject.id),
    reasons: refused.map(({ reason }) => reason.en),
    judgings: state.count,
  };
}

describe('a failure', () => {
  test('is mended', () => {
    expect(mended('bad', 'x')).toMatchObject({ lines: ['good', 'x'], fixed: ['0:bad'], refused: [] });
  });

  test('is mended wherever it stands', () => {
    expect(mended('bad', 'x', 'bad', 'awful')).toMatchObject({
      lines: ['good', 'x', 'good', 'good'],
      fixed: ['0:bad', '2:bad', '3:awful'],
    });
  });

  test('that only a person can mend stays, and says so', () => {
    expect(mended('manual', 'bad')).toMatchObject({ lines: ['manual', 'good'], refused: ['0:manual'] });
    expect(mended('manual').reasons).toEqual(['only a person can decide it']);
  });

  test.each(['stuck', 'breaking', 'hiding', 'spoiling'])('stays where its remedy is none: %s', (line) => {
    expect(mended(line, 'bad')).toMatchObject({
      lines: [line, 'good'],
      fixed: ['1:bad'],
      refused: [`0:${line}`],
      reasons: [expect.stringContaining(line === 'stuck' ? 'no place' : 'would')],
    });
  });

  test('does not keep others of its kind from being mended', () => {
    expect(mended('spoiling', 'bad', 'spoiling', 'bad')).toMatchObject({
      lines: ['spoiling', 'good', 'spoiling', 'good'],
    });
  });
});

test('what somebody has accepted is left as it is', () => {
  const subject = { kind: 'dockerfile', id: 'a', value: {} } as Subject;
  const judge = (text: string): JudgedText<MendableFinding> => {
    const [isOpen, isWide] = [text.includes('open'), text.includes('wide')];
    const toShut: Remedy = editOf([{ start: 0, end: 4, text: 'shut' }], words);
    const toNarrow: Remedy = editOf([{ start: 5, end: 9, text: 'slim' }], words);
    const findings: MendableFinding[] = [
      { control: { id: 'not-open' }, subject, status: isOpen ? 'waived' : 'pass', verdict: fail(words, []) },
      { control: { id: 'shut' }, subject, status: isOpen ? 'fail' : 'pass', verdict: fail(words, []), remedy: toShut },
      {
        control: { id: 'slim' },
        subject,
        status: isWide ? 'fail' : 'pass',
        verdict: fail(words, []),
        remedy: toNarrow,
      },
    ];
    return { findings, subjects: [subject] };
  };
  const { text, fixed, refused } = mend('Dockerfile', 'open wide', judge);
  expect(text).toBe('open slim');
  expect(fixed.map(({ control }) => control.id)).toEqual(['slim']);
  expect(refused).toMatchObject([
    { finding: { control: { id: 'shut' } }, reason: { en: expect.stringContaining('accepts') } },
  ]);
});

describe('a fix that brings up another failure', () => {
  test('is carried out with the one that mends that', () => {
    expect(mended('first', 'second')).toMatchObject({
      lines: ['good', 'good'],
      fixed: ['0:first', '1:second'],
      refused: [],
    });
  });

  test('is refused where they bring each other up', () => {
    expect(mended('ping', 'bad')).toMatchObject({ lines: ['ping', 'good'], refused: ['0:ping'] });
  });
});

test('what stood in the way of a fix may be gone later', () => {
  expect(mended('last', 'bad')).toMatchObject({ lines: ['late', 'good'], refused: [] });
});

test('a text that cannot be read is left as it is', () => {
  expect(mend('Dockerfile', 'unreadable', judgeOfLines().judge)).toEqual({
    text: 'unreadable',
    fixed: [],
    refused: [],
  });
});

test('many failures are mended at once', () => {
  const { lines, judgings } = mended(...Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 'bad' : 'x')));
  expect(lines).not.toContain('bad');
  expect(judgings).toBeLessThan(5);
});

test('some that are refused cost no more than themselves', () => {
  const { lines, judgings } = mended(
    ...Array.from({ length: 60 }, (_, index) => ['bad', 'x', 'spoiling', 'x'][index % 4] ?? ''),
  );
  expect(lines.filter((line) => line === 'bad')).toEqual([]);
  expect(judgings).toBeLessThan(80);
});

test('of what is left, it is known how it stood at first', () => {
  const { refused } = mend('Dockerfile', 'manual\nbad\nmanual', judgeOfLines().judge);
  expect(refused.map(({ finding, original }) => [finding.subject.id, original?.subject.id])).toEqual([
    ['0:manual', '0:manual'],
    ['2:manual', '2:manual'],
  ]);
});

test('a subject that is gone is no proof', () => {
  const { judge } = judgeOfLines();
  const withoutLast = (text: string) => judge(text.includes('good') ? text.split('\n').slice(0, 1).join('\n') : text);
  expect(mend('Dockerfile', 'bad\nmanual', withoutLast)).toMatchObject({ text: 'bad\nmanual', fixed: [] });
});

test('what another text has to mend is left to it', () => {
  const { judge } = judgeOfLines();
  const result = mend('Dockerfile', 'bad\nawful', (text) => {
    const judged = judge(text);
    return judged && { ...judged, isHere: ({ control }) => control.id !== 'no-awful' };
  });
  expect(result).toMatchObject({ text: 'good\nawful', fixed: [{ control: { id: 'no-bad' } }], refused: [] });
});

test('edits that overlap are no remedy', () => {
  const subject = { kind: 'dockerfile', id: 'dockerfile/x', value: {} } as Subject;
  const edits = [
    { start: 0, end: 2, text: 'x' },
    { start: 1, end: 3, text: 'y' },
  ];
  const finding: MendableFinding = {
    control: { id: 'odd' },
    subject,
    status: 'fail',
    verdict: fail(words, []),
    remedy: editOf(edits, words),
  };
  const { text, refused } = mend('Dockerfile', 'abc', () => ({ findings: [finding], subjects: [subject] }));
  expect({ text, count: refused.length }).toEqual({ text: 'abc', count: 1 });
});
