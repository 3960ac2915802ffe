import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/sample-report.ts';
import type { Plan } from '../../model/plan.ts';
import { languages, verbatim } from '../../model/text.ts';
import { formats } from '../formats.ts';
import { widthOf } from '../terminal/wrap.ts';
import { planFormats, renderPlan, requirePlanFormat } from './render.ts';
import { manual, sampleActions, sampleDocument, samplePlan } from './sample-plan.fixture.ts';

function render(
  format: (typeof formats)[number],
  plan: Plan = samplePlan,
  language: 'en' | 'zh' = 'en',
  color = false,
) {
  return renderPlan(sampleDocument(language, plan), { format, width: 80, color });
}

describe.each(['terminal', 'markdown', 'html'] as const)('as %s', (format) => {
  test.each(languages)('actions come in order, then what is refused, in %s', async (language) => {
    const text = await render(format, samplePlan, language);
    const places = [
      ...samplePlan.actions.map(({ summary }) => summary[language].slice(0, 12)),
      { en: 'Images and volumes', zh: '镜像和卷将不可见' }[language],
      { en: 'Containers would stop', zh: '容器会停止' }[language],
      'host-separate-partition',
    ].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
  });

  test('an action says what it answers, disrupts and changes, who notices and why', async () => {
    const text = await render(format);
    expect(text).toContain('container-memory-limit');
    expect(text).toContain('the engine reloads its configuration');
    expect(text).toContain('Memory: 268435456');
    expect(text).toContain('worker');
    expect(text).toContain('may break');
    expect(text).toContain('it shares memory');
    expect(text).toContain('Watch it for a day.');
    expect(text).toContain('cannot be undone');
  });

  test('refusals of one reason are told once, with all whom they concern and the way round', async () => {
    const text = await render(format);
    expect(text.match(/Images and volumes would vanish/g)).toHaveLength(1);
    expect(text).toContain('engine/there');
    expect(text).toContain('Plan a day for it.');
    expect(text).toContain('docker save web:1');
  });

  test('it says that nothing is written, and how to apply', async () => {
    const text = await render(format);
    expect(text).toContain('Nothing has been written.');
    expect(text).toContain('plimsoll fix --apply');
  });

  test('without anything to do it says so, and offers no way to apply', async () => {
    const text = await render(format, { actions: [], refused: [] });
    expect(text).toContain('There is nothing to do');
    expect(text).not.toContain('--apply');
  });

  test('with refusals alone it does not say that all is well', async () => {
    const text = await render(format, { ...samplePlan, actions: [] });
    expect(text).not.toContain('There is nothing to do');
    expect(text).toContain('There is nothing that could be done automatically');
    expect(text).not.toContain('fix --apply');
  });

  test.each(hostileTexts)('no text breaks out: %j', async (text) => {
    const action = {
      ...(sampleActions[1] as (typeof sampleActions)[number]),
      summary: verbatim(text),
      diff: `+${text}`,
    };
    const refusal = { ...manual('host-x'), why: 'refused' as const, reason: verbatim(text), commands: [text] };
    const rendered = await render(format, { actions: [action], refused: [refusal] });
    expect(rendered.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu)).toBeNull();
    // Outside of HTML these are text like any other.
    expect(format === 'html' && /<script|<img|href="javascript/.test(rendered)).toBe(false);
  });
});

describe('at a terminal', () => {
  test('lines that are no part of a diff or command fit', async () => {
    for (const language of languages) {
      const lines = (await render('terminal', samplePlan, language)).split('\n');
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    }
  });

  test('added and removed lines have their colours', async () => {
    const text = await render('terminal', samplePlan, 'en', true);
    expect(text).toContain('\u001b[32m+ Memory: 268435456');
    expect(text).toContain('\u001b[31m- Memory: 0');
    expect(text).not.toContain('\u001b[32m+++ b/etc');
    expect(stripVTControlCharacters(text)).toBe(await render('terminal'));
  });

  test('what only a person can do is one short block where it is much, and told in full where it is little', async () => {
    const refused = ['host-a', 'host-b', 'host-c', 'host-d'].map((control) => manual(control));
    const long = await render('terminal', { actions: [], refused });
    expect(long).toContain('Only a person can do it (4)');
    expect(long).toContain('host-a, host-b, host-c, host-d');
    expect(long).toContain('plimsoll explain ID');
    expect(long).not.toContain('by hand: host-a');
    const short = await render('terminal', { actions: [], refused: refused.slice(0, 3) });
    expect(short).toContain('by hand: host-a');
    expect(short).not.toContain('plimsoll explain ID');
  });

  test.each([
    ['en', 'made anew or removed: old', 'go on, and may break: api, worker', 'api, worker: each may break:'],
    ['zh', '被重建或移除的容器：old', '可能出现故障的容器：api、worker', 'api、worker 均可能出现故障：'],
  ] as const)('who notices is told before the actions, and each reason once, in %s', async (language, ...expected) => {
    const whys = [verbatim('no root'), verbatim('read-only')];
    const affects = ['api', 'worker'].flatMap((container) =>
      whys.map((why) => ({ container, effect: 'may-break', why }) as const),
    );
    const [first, second, third] = sampleActions;
    if (!first || !second || !third) throw new Error('there are three actions');
    const actions = [first, { ...second, affects }, third];
    const shown = await render('terminal', { actions, refused: [] }, language);
    for (const each of expected) expect(shown).toContain(each);
    expect(shown.match(/no root/g)).toHaveLength(1);
    expect(shown.indexOf(expected[1] ?? '')).toBeLessThan(shown.indexOf(first.summary[language]));
    for (const format of ['markdown', 'html'] as const) {
      expect((await render(format, { actions, refused: [] }, language)).match(/no root/g)).toHaveLength(1);
    }
  });

  test('a long list of subjects is cut', async () => {
    const refused = Array.from({ length: 9 }, (_, index) => ({ ...manual('host-a'), subject: `container/c${index}` }));
    const text = await render('terminal', { actions: [], refused });
    expect(text).toContain('container/c5, 3 more');
    expect(text).not.toContain('container/c6');
  });
});

test('a page has no script, and a policy that lets none run', async () => {
  const text = await render('html');
  expect(text).not.toContain('<script');
  expect(text).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-/);
  expect(text).not.toContain('script-src');
  expect(text).toContain('<span class="added">+ Memory: 268435456</span>');
});

test('JSON is the document', async () => {
  expect(JSON.parse(await render('json'))).toEqual(sampleDocument('en'));
});

test.each(formats.filter((format) => !planFormats.some((each) => each === format)))(
  'a plan cannot be had as %s, and the error names what it can be had as',
  async (format) => {
    await expect(render(format)).rejects.toMatchObject({ code: 'usage' });
    await expect(render(format)).rejects.toThrow('terminal, json, markdown, html');
    expect(() => requirePlanFormat(format)).toThrow(format);
  },
);
