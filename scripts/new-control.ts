import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { levels } from '../src/model/control.ts';

/*
 * Lays out a new control and its test: `npm run new-control -- container-no-chaos`. Neither compiles to a
 * passing check until every text and both functions have been written.
 */

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
  const subject = level === 'container' ? 'container' : 'engine';
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

function controlSource(control: string, subject: 'container' | 'engine'): string {
  const isContainer = subject === 'container';
  return `import { defineControl } from '../../model/control.ts';
${isContainer ? "import { changeSpec } from '../../model/remedy.ts';\n" : ''}import { fail, pass } from '../../model/verdict.ts';
${isContainer ? '' : "import { changeSettings } from './setting-change.ts';\n"}
export const ${nameOf(control)} = defineControl({
  id: '${control}',
  subject: '${subject}',
  severity: 'medium',
  title: { en: '', zh: '' }, // how things should be, as a statement
  why: { en: '', zh: '' }, // what goes wrong otherwise
  how: { en: '', zh: '' }, // which facts, in which order of trust
  references: {},
  counterexample: {}, // ${isContainer ? 'a change to the exemplary container' : 'keys of daemon.json'} that must fail

  judge(${subject}) {
    return fail({ en: '', zh: '' }, []);
  },

  remedy(${isContainer ? '' : 'engine'}) {
    return ${isContainer ? 'changeSpec(' : 'changeSettings(engine, '}{}, { en: '', zh: '' });
  },
});
`;
}

function testSource(control: string, subject: 'container' | 'engine'): string {
  return `import { expect, test } from 'vitest';
import { ${subject}, judge } from '../../../test/subjects.ts';
import { ${nameOf(control)} as control } from './${control}.ts';

test('a good subject passes', () => {
  expect(judge(control, ${subject}()).status).toBe('pass');
});

test('a bad subject fails, and says where', () => {
  expect(judge(control, ${subject}({}))).toMatchObject({ status: 'fail' });
});
`;
}
