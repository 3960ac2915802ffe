import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { container } from '../../test/subjects.ts';
import { readSample } from '../cli/read-sample.ts';
import { controls } from '../controls/registry.ts';
import { defineControl, type Subject } from '../model/control.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import { byHand, changeDaemon, changeObject, changeSpec, editText } from '../model/remedy.ts';
import { languages } from '../model/text.ts';
import { failAt, pass } from '../model/verdict.ts';
import { explainMarkdown } from '../report/explain/markdown.ts';
import { explainText } from '../report/explain/text.ts';
import { explainControl } from './explain.ts';

const chinese = /\p{Script=Han}/u;

describe.each(controls.map((control) => [control.id, control] as const))('%s', (_id, control) => {
  test.runIf(control.counterexample)('its counterexample is mended in at least one dialect, or by hand', () => {
    const { remedy, examples } = explainControl(control, 'en', readSample);
    const fixes = examples.flatMap(({ fix }) => fix);
    expect(remedy).not.toBeNull();
    expect(remedy?.kind === 'manual' || fixes.length > 0).toBe(true);
    expect(
      remedy?.kind === 'manual' ||
        remedy?.kind === 'host' ||
        examples.some(({ counterexample }) => counterexample.length > 0),
    ).toBe(true);
  });

  test.each(languages)('its explanation in %s fits the terminal and its page is complete', (language) => {
    const explanation = explainControl(control, language, readSample);
    const text = explainText(explanation, 90);
    const page = explainMarkdown(explanation);
    // Titles, headings and prose; commands, four columns in, stay whole, and so do links.
    const prose = text.split('\n').filter((line) => /^ {0,3}\S+\s+\S/.test(line));
    expect(prose.filter((line) => stringWidth(line) > 90)).toEqual([]);
    for (const output of [text, page]) {
      expect(output).toContain(control.id);
      expect(output).toMatch(/[^\n]\n$/);
      expect(output).not.toMatch(/undefined|\[object|\n{3}/);
      for (const link of control.references.links ?? []) expect(output).toContain(link);
    }
    expect(page.match(/^`{3,}/gm)?.length ?? 0).toBe(2 * (page.match(/^`{3,}[a-z]+\n/gm)?.length ?? 0));
  });
});

const text = { en: 'A <text> with a | and a *star*.', zh: '一段文字。' };
const control = defineControl({
  id: 'container-example',
  subject: 'container',
  severity: { usual: 'high', note: { en: 'Low when stopped.', zh: '停止时为低。' }, of: () => 'high' },
  title: { en: 'It is an example', zh: '这是一个示例' },
  why: text,
  how: text,
  references: { cisDocker: ['5.1'], aliases: ['CKV_K8S_16'], links: ['https://docs.docker.com/'] },
  parameters: { allowed: { default: ['a|b'], description: text } },
  counterexample: { resources: { pids: null } },
  judge: () => pass(text),
  remedy: (_container, { parameters }) =>
    changeSpec({ resources: { pids: parameters.allowed.length } }, { en: 'Limit it.', zh: '加以限制。' }),
});

test('the fix is shown in every dialect that has words for it, as a difference from the counterexample', () => {
  const { examples } = explainControl(control, 'en');
  expect(examples.map(({ dialect, counterexample, fix }) => [dialect, counterexample, fix])).toEqual([
    ['docker-run', ['docker run …', '# without: --pids-limit=100'], ['docker run … --pids-limit=1 …']],
    ['compose', ['services:', '  web:', '    # without: pids_limit'], ['services:', '  web:', '    pids_limit: 1']],
    ['docker-update', [], ['docker update --pids-limit=1 web']],
  ]);
});

test('an explanation speaks one language', () => {
  expect(explainControl(control, 'zh')).toMatchObject({
    title: '这是一个示例',
    severity: { value: 'high', name: '高', note: '停止时为低。' },
    parameters: [{ name: 'allowed', default: ['a|b'], description: '一段文字。' }],
    remedy: { kind: 'spec', summary: '加以限制。', disruption: 'none', commands: [] },
  });
  expect(explainText(explainControl(control, 'en'))).not.toMatch(chinese);
  expect(explainMarkdown(explainControl(control, 'en'))).not.toMatch(chinese);
});

test('what a person must answer is shown, with the lines to write', () => {
  const question = { en: 'Does *somebody* look?', zh: '有人查看吗？' };
  for (const language of languages) {
    const explanation = explainControl(defineControl({ ...control, question }), language);
    expect(explanation.question).toBe(question[language]);
    expect(explainText(explanation)).toContain(
      `  ${question[language]}\n\n  answers:\n    - control: container-example`,
    );
    expect(explainMarkdown(explanation)).toContain('```yaml\nanswers:\n  - control: container-example\n');
  }
  expect(explainMarkdown(explainControl(defineControl({ ...control, question }), 'en'))).toContain(
    String.raw`Does \*somebody\* look?`,
  );
  expect(explainControl(control, 'en')).not.toHaveProperty('question');
});

test('nothing in a text formats its page', () => {
  const page = explainMarkdown(explainControl(control, 'en'));
  expect(page).toContain(String.raw`A \<text> with a \| and a \*star\*.`);
  expect(page).toContain(String.raw`| ${'`allowed`'} | ${'`["a\\|b"]`'} |`);
  expect(page).toContain('- Aliases: CKV_K8S_16');
  expect(page).toContain('- Severity: high (Low when stopped.)');
});

test('an engine is mended in its file, with the commands that make it effective', () => {
  const daemon = defineControl({
    id: 'daemon-example',
    subject: 'engine',
    severity: 'low',
    title: text,
    why: text,
    how: text,
    references: {},
    counterexample: { icc: true, 'userland-proxy': null },
    judge: () => pass(text),
    remedy: () => changeDaemon({ icc: false }, text),
  });
  expect(explainControl(daemon, 'en').examples).toEqual([
    {
      dialect: 'daemon-json',
      title: 'daemon.json',
      syntax: 'jsonc',
      counterexample: ['{', '  "icc": true', '}', '// without: "userland-proxy"'],
      fix: ['{', '  "icc": false', '}'],
      apply: ['dockerd --validate --config-file=/etc/docker/daemon.json', 'systemctl restart docker'],
    },
  ]);
});

test('without a counterexample the work of a person is shown', () => {
  const { counterexample: _none, ...rest } = control;
  const manual = defineControl({ ...rest, remedy: () => byHand(text, ['apt-get upgrade']) });
  const explanation = explainControl(manual, 'en');
  expect(explanation.examples).toEqual([]);
  expect(explanation.remedy).toMatchObject({ disruption: 'manual', commands: ['apt-get upgrade'] });
  expect(explainText(explanation)).toContain('\n    apt-get upgrade\n');
  expect(explainMarkdown(explanation)).toContain('```sh\napt-get upgrade\n```');
});

test('a remedy that has nothing to change is left out', () => {
  const { counterexample: _none, ...rest } = control;
  const idle = defineControl({ ...rest, remedy: () => changeSpec({}, text) });
  expect(explainControl(idle, 'en')).toMatchObject({ remedy: null, examples: [] });
});

test('a mount is shown without the good ones that it stands for', () => {
  const mounts = [{ kind: 'bind', source: '/etc', target: '/etc', readOnly: false, options: {} }] as const;
  const mount = defineControl({
    ...control,
    counterexample: { mounts },
    remedy: () => changeSpec({ mounts: [] }, text),
  });
  expect(explainControl(mount, 'en').examples[0]).toMatchObject({
    counterexample: ['docker run … --mount type=bind,source=/etc,target=/etc …'],
    fix: ['docker run …', '# without: --mount type=bind,source=/etc,target=/etc'],
  });
});

test('a remedy that finds nothing to mend is left out', () => {
  const broken = defineControl({
    ...control,
    remedy: () => {
      throw new TypeError('nothing to mend');
    },
  });
  const explanation = explainControl(broken, 'en');
  expect(explanation.remedy).toBeNull();
  expect(explanation.examples.map(({ dialect }) => dialect)).toEqual(['docker-run', 'compose']);
  expect(explainMarkdown(explanation)).not.toContain('## Remedy');
});

test('a control of a container says in which dialects it is asked, and shows no other', () => {
  const { dialects, examples } = explainControl({ ...control, dialects: ['pod', 'dockerfile'] }, 'en');
  expect(dialects).toEqual(['pod', 'dockerfile']);
  expect(examples.map(({ dialect }) => dialect)).toEqual(['docker-run']);
  expect(explainControl(control, 'en').dialects).toEqual(['engine-api', 'compose', 'pod', 'docker-run']);
  const image = explainControl({ ...control, dialects: ['compose', 'dockerfile'] }, 'zh');
  expect(explainMarkdown(image)).toContain('- 检查对象：容器（Compose、Dockerfile）\n');
  expect(explainText(image)).toContain('检查对象：容器（Compose、Dockerfile）\n');
});

/** A reader that finds the text, and a container that it makes. */
function read(kind: string, written: string): readonly Subject[] {
  return [
    { kind: 'container', id: 'container/x', value: container() },
    { kind: 'dockerfile', id: `${kind}/x`, value: { text: written } as Dockerfile },
  ];
}

describe('a control of a text', () => {
  const ofText = defineControl({
    id: 'dockerfile-example',
    subject: 'dockerfile',
    severity: 'low',
    title: control.title,
    why: text,
    how: text,
    references: {},
    counterexample: { bad: 'FROM debian:13\nRUN apt update\n', good: 'FROM debian:13\nRUN apt-get update\n' },
    judge: () => [failAt(text, { source: 'file', path: 'RUN', line: 2 }, 'apt', { start: 19, end: 22 })],
    remedy: (_dockerfile, _context, { span }) =>
      editText(span ? [{ start: span.end, end: span.end, text: '-get' }] : [], text),
  });
  test('shows the whole text that fails and the one that is mended', () => {
    const explanation = explainControl(ofText, 'en', read);
    expect(explanation.dialects).toBeUndefined();
    expect(explanation.examples).toEqual([
      {
        dialect: 'dockerfile',
        title: 'Dockerfile',
        syntax: 'dockerfile',
        counterexample: ['FROM debian:13', 'RUN apt update'],
        fix: ['FROM debian:13', 'RUN apt-get update'],
        apply: [],
      },
    ]);
    expect(explainMarkdown(explanation)).toContain('Fails:\n\n```dockerfile\nFROM debian:13\nRUN apt update\n```\n');
    expect(explainText(explanation)).toContain('  Fails\n    FROM debian:13\n    RUN apt update\n');
  });

  test('says that a program can mend it', () => {
    const explanation = explainControl(ofText, 'en', read);
    expect(explanation.remedy).toEqual({ kind: 'text', summary: text.en, disruption: 'rebuild', commands: [] });
    expect(explainMarkdown(explanation)).toContain('In a file: `plimsoll check --fix`\n');
    expect(explainText(explanation)).toContain('  In a file: plimsoll check --fix\n');
    expect(explainMarkdown(explainControl(control, 'en'))).not.toContain('--fix');
  });

  test('has no remedy to show when nobody reads its text, or nothing is to be mended', () => {
    expect(explainControl(ofText, 'en').remedy).toBeNull();
    const idle = { ...ofText, remedy: () => editText([], text) };
    expect(explainControl(idle, 'en', read).remedy).toBeNull();
    const elsewhere = { ...ofText, appliesTo: () => false };
    expect(explainControl(elsewhere, 'en', read).remedy).toBeNull();
  });

  test.each([
    ['compose-project', 'compose'],
    ['kubernetes-object', 'manifest'],
  ] as const)('of the kind %s is YAML', (subject, dialect) => {
    const yaml = defineControl({
      ...ofText,
      subject,
      judge: () => pass(text),
      remedy: () => changeObject([], text),
    });
    expect(explainControl(yaml, 'en').examples).toMatchObject([{ dialect, syntax: 'yaml' }]);
  });

  test('may hold a fence itself', () => {
    const bad = 'FROM debian:13\nRUN <<EOF\n```\nEOF\n';
    const page = explainMarkdown(explainControl({ ...ofText, counterexample: { bad, good: bad } }, 'en'));
    expect(page).toContain('````dockerfile\n');
    expect(page.match(/^````$/gm)).toHaveLength(2);
  });
});
