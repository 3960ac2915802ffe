import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Level, levels, type SubjectKind, type WrittenKind } from '../src/model/control.ts';

/*
 * Lays out a new control and its test: `npm run new-control -- container-no-chaos`. Neither compiles to a
 * passing check until every text and both functions have been written.
 */

/** What differs from one kind of subject to another. */
interface Layout {
  readonly imports: readonly string[];
  readonly counterexample: string;
  readonly judge: readonly string[];
  readonly remedy: readonly string[];
  readonly test: readonly string[];
}

const layouts: Readonly<Record<SubjectKind, Layout>> = {
  container: {
    imports: [
      "import { changeSpec } from '../../model/remedy.ts';",
      "import { fail, pass } from '../../model/verdict.ts';",
    ],
    counterexample: '{}, // a change to the exemplary container that must fail',
    judge: ['judge(container) {', "    return fail({ en: '', zh: '' }, []);", '  },'],
    remedy: ['remedy() {', "    return changeSpec({}, { en: '', zh: '' });", '  },'],
    test: exemplarTest('container'),
  },
  host: {
    imports: [
      "import { changeHost } from '../../model/remedy.ts';",
      "import { fail, pass } from '../../model/verdict.ts';",
    ],
    counterexample: '{}, // facts of the exemplary host that must fail',
    judge: ['judge(host) {', "    return fail({ en: '', zh: '' }, []);", '  },'],
    remedy: ['remedy(host) {', "    return changeHost([], { en: '', zh: '' });", '  },'],
    test: exemplarTest('host'),
  },
  network: {
    imports: [
      "import { byHand } from '../../model/remedy.ts';",
      "import { fail, pass } from '../../model/verdict.ts';",
    ],
    counterexample: '{}, // facts of the exemplary network that must fail',
    judge: ['judge(network) {', "    return fail({ en: '', zh: '' }, []);", '  },'],
    remedy: ['remedy() {', "    return byHand({ en: '', zh: '' });", '  },'],
    test: exemplarTest('network'),
  },
  image: {
    imports: [
      "import { byHand } from '../../model/remedy.ts';",
      "import { fail, pass } from '../../model/verdict.ts';",
    ],
    counterexample: '{}, // facts of the exemplary image that must fail',
    judge: ['judge(image) {', "    return fail({ en: '', zh: '' }, []);", '  },'],
    remedy: ['remedy() {', "    return byHand({ en: '', zh: '' });", '  },'],
    test: exemplarTest('image'),
  },
  engine: {
    imports: [
      "import { fail, pass } from '../../model/verdict.ts';",
      "import { changeSettings } from './setting-change.ts';",
    ],
    counterexample: '{}, // keys of daemon.json that must fail',
    judge: ['judge(engine) {', "    return fail({ en: '', zh: '' }, []);", '  },'],
    remedy: ['remedy(engine) {', "    return changeSettings(engine, {}, { en: '', zh: '' });", '  },'],
    test: exemplarTest('engine'),
  },
  dockerfile: {
    imports: [
      "import { instructionsOf } from '../../model/dockerfile.ts';",
      "import { editText } from '../../model/remedy.ts';",
      "import { failAt, pass } from '../../model/verdict.ts';",
    ],
    counterexample: "{ bad: '', good: '' }, // two whole Dockerfiles",
    judge: [
      'judge({ instructions, locate }) {',
      "    const failures = instructionsOf(instructions, ['run'], { onbuild: true }).map(({ span }) =>",
      "      failAt({ en: '', zh: '' }, locate(span), null, span),",
      '    );',
      "    return failures.length > 0 ? failures : pass({ en: '', zh: '' });",
      '  },',
    ],
    remedy: [
      'remedy(_dockerfile, _context, { span }) {',
      "    return editText(span ? [{ ...span, text: '' }] : [], { en: '', zh: '' });",
      '  },',
    ],
    test: textTest('dockerfile', 'dockerfile'),
  },
  'compose-project': {
    imports: [
      "import { changeObject } from '../../model/remedy.ts';",
      "import { failAt, pass } from '../../model/verdict.ts';",
    ],
    counterexample: "{ bad: '', good: '' }, // two whole Compose files",
    judge: [
      'judge({ value, locate }) {',
      "    const path = ['services'];",
      "    return value ? failAt({ en: '', zh: '' }, locate(path), null) : pass({ en: '', zh: '' });",
      '  },',
    ],
    remedy: ['remedy() {', "    return changeObject([], { en: '', zh: '' });", '  },'],
    test: textTest('compose-project', 'composeProject'),
  },
  'kubernetes-object': {
    imports: [
      "import { changeObject } from '../../model/remedy.ts';",
      "import { failAt, pass } from '../../model/verdict.ts';",
    ],
    counterexample: "{ bad: '', good: '' }, // two whole manifests",
    judge: [
      '// Of an object that is none of these nothing is said.',
      '  appliesTo: ({ pod }) => pod !== undefined,',
      '',
      '  judge({ value, locate }) {',
      "    const path = ['spec'];",
      "    return value ? failAt({ en: '', zh: '' }, locate(path), null) : pass({ en: '', zh: '' });",
      '  },',
    ],
    remedy: ['remedy() {', "    return changeObject([], { en: '', zh: '' });", '  },'],
    test: textTest('kubernetes-object', 'object'),
  },
};

/** What a level's controls are mostly asked of. */
const subjectOfLevel: Readonly<Partial<Record<Level, SubjectKind>>> = {
  container: 'container',
  dockerfile: 'dockerfile',
  compose: 'compose-project',
  kubernetes: 'kubernetes-object',
};

const [id = ''] = process.argv.slice(2);
const level = levels.find((each) => id.startsWith(`${each}-`));
const folder = join(import.meta.dirname, '..', 'src', 'controls', level ?? '');
const file = join(folder, `${id}.ts`);

if (level === undefined || !/^[a-z]+(-[a-z0-9]+)+$/.test(id)) {
  fail(`"${id}" is no id: write a level (${levels.join(', ')}), a dash and a slug, such as container-no-chaos`);
} else if (!existsSync(folder)) {
  fail(`there are no controls of the level "${level}" yet: create src/controls/${level} first`);
} else if (existsSync(file)) {
  fail(`${id} exists already`);
} else {
  const subject = subjectOfLevel[level] ?? 'engine';
  writeFileSync(file, controlSource(id, subject), { flag: 'wx' });
  writeFileSync(join(folder, `${id}.test.ts`), testSource(id, subject), { flag: 'wx' });
  process.stdout.write(
    `src/controls/${level}/${id}.ts and its test are laid out. Write both, then: npm run generate && npm test -- ${id}\n`,
  );
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

function nameOf(control: string): string {
  return control.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function controlSource(control: string, subject: SubjectKind): string {
  const { imports, counterexample, judge, remedy } = layouts[subject];
  return `import { defineControl } from '../../model/control.ts';
${imports.join('\n')}

export const ${nameOf(control)} = defineControl({
  id: '${control}',
  subject: '${subject}',
  severity: 'medium',
  title: { en: '', zh: '' }, // how things should be, as a statement
  why: { en: '', zh: '' }, // what goes wrong otherwise
  how: { en: '', zh: '' }, // which facts, in which order of trust
  references: {},
  counterexample: ${counterexample}
${subject === 'kubernetes-object' ? '' : '\n'}  ${judge.join('\n')}

  ${remedy.join('\n')}
});
`;
}

function testSource(control: string, subject: SubjectKind): string {
  const [imports = '', ...lines] = layouts[subject].test;
  return `import { expect, test } from 'vitest';
${imports}
import { ${nameOf(control)} as control } from './${control}.ts';

${lines.join('\n')}
`;
}

function exemplarTest(subject: Exclude<SubjectKind, WrittenKind>): readonly string[] {
  return [
    `import { ${subject}, judge } from '../../../test/subjects.ts';`,
    "test('a good subject passes', () => {",
    `  expect(judge(control, ${subject}()).status).toBe('pass');`,
    '});',
    '',
    "test('a bad subject fails, and says where', () => {",
    `  expect(judge(control, ${subject}({}))).toMatchObject({ status: 'fail' });`,
    '});',
  ];
}

function textTest(subject: string, read: 'dockerfile' | 'composeProject' | 'object'): readonly string[] {
  return [
    `import { ${[read, 'failingLines', 'judgeText'].toSorted().join(', ')} } from '../../../test/written.ts';`,
    `test('a good ${subject} passes', () => {`,
    `  expect(judgeText(control, ${read}(''))).toMatchObject([{ status: 'pass' }]);`,
    '});',
    '',
    "test('a bad one fails at each line that is wrong', () => {",
    `  expect(failingLines(control, ${read}(''))).toEqual([1]);`,
    '});',
  ];
}
