import { CORE_SCHEMA, defineScalarTag, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/sample-report.ts';
import type { Plan } from '../../model/plan.ts';
import { languages, verbatim } from '../../model/text.ts';
import { exportPlan } from './export-plan.ts';
import { actionOf, fileStep, planOf, second, wholePlan } from './sample-plan.fixture.ts';

/** What Ansible does not read as a template. */
class Unsafe {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const schema = CORE_SCHEMA.withTags(
  defineScalarTag<Unsafe>('!unsafe', { resolve: (text: string) => new Unsafe(text), identify: () => false }),
);

interface Task {
  readonly name: string;
  readonly notify?: readonly string[];
  readonly [key: string]: unknown;
}
interface Play {
  readonly become: boolean;
  readonly tasks: readonly Task[];
  readonly handlers: readonly Task[];
}

function playOf(plan: Plan, language: 'en' | 'zh' = 'en'): Play {
  const [play, ...others] = load(exportPlan(plan, 'ansible', language), { schema }) as readonly Play[];
  if (!play || others.length > 0) throw new Error('not one play');
  return play;
}

function moduleOf(task: Task | undefined): [string, Readonly<Record<string, unknown>>] {
  const key = Object.keys(task ?? {}).find((name) => name.startsWith('ansible.'));
  return [key ?? '', (task?.[key ?? ''] ?? {}) as Readonly<Record<string, unknown>>];
}

function commandsOf({ tasks }: Play): unknown[] {
  return tasks.flatMap((task) => {
    const [name, { argv }] = moduleOf(task);
    return name === 'ansible.builtin.command' ? [(argv as readonly string[]).join(' ')] : [];
  });
}

describe.each(languages)('the whole plan in %s', (language) => {
  test('is one play of builtin modules alone', () => {
    const { tasks, handlers, become } = playOf(wholePlan, language);
    expect(become).toBe(true);
    const modules = [...tasks, ...handlers].map((task) => moduleOf(task)[0]);
    expect(modules.filter((name) => !name.startsWith('ansible.builtin.'))).toEqual([]);
    expect(tasks.map(({ name }) => name).join()).toContain({ en: 'Do file-access', zh: '执行 file-access' }[language]);
  });

  test('notifies only handlers that are there', () => {
    const { tasks, handlers } = playOf(wholePlan, language);
    const names = new Set(handlers.map(({ name }) => name));
    expect(tasks.flatMap(({ notify = [] }) => notify).filter((name) => !names.has(name))).toEqual([]);
  });
});

test('files have content, mode, owner and a copy of what was there', () => {
  const { tasks } = playOf(wholePlan);
  expect(moduleOf(tasks[0])).toEqual([
    'ansible.builtin.copy',
    {
      dest: '/etc/sysctl.d/60-plimsoll.conf',
      content: 'kernel.kptr_restrict = 1\n',
      mode: '0644',
      owner: String(process.getuid?.() ?? 0),
      group: String(process.getgid?.() ?? 0),
      backup: true,
    },
  ]);
});

test('a file that two actions change is written once, as the last leaves it, and both take effect in order', () => {
  const { tasks, handlers } = playOf(wholePlan);
  const files = tasks.filter((task) => moduleOf(task)[1]['dest'] === '/etc/docker/daemon.json');
  expect(files).toHaveLength(1);
  expect(moduleOf(files[0])[1]['content']).toEqual(new Unsafe(second));
  const names = handlers.map(({ name }) => name);
  expect(files[0]?.notify?.toSorted((left, right) => names.indexOf(left) - names.indexOf(right))).toEqual([
    'Read the units again',
    'Reload Docker',
    'Wait for live-restore',
    'Restart Docker',
    'Wait for Docker',
  ]);
  expect(names).toEqual([
    'Read the units again',
    'Reload Docker',
    'Wait for live-restore',
    'Restart Docker',
    'Wait for Docker',
  ]);
});

test('effects come before what follows them', () => {
  const { tasks } = playOf(wholePlan);
  const flush = tasks.flatMap((task, index) => (moduleOf(task)[0] === 'ansible.builtin.meta' ? [index] : []));
  const limits = tasks.findIndex(({ name }) => name.includes('container-update'));
  const file = tasks.findIndex(({ name }) => name.includes('daemon-json'));
  expect(flush).toHaveLength(1);
  expect(flush[0]).toBeGreaterThan(file);
  expect(flush[0]).toBeLessThan(limits);
});

test('what is no file is a command, and what is so already is no failure', () => {
  const play = playOf(wholePlan);
  expect(commandsOf(play)).toEqual([
    'sysctl -q -w kernel.kptr_restrict=1',
    'auditctl -w /etc/docker -p wa -k plimsoll',
    'gpasswd --delete alice docker',
    'docker update --memory=1024 --cpus=1.5 --restart=on-failure:3 web',
    'docker network create --driver=bridge --label=owner=shop web-net',
    'docker network connect --alias=www web-net web',
    'docker network disconnect bridge web',
    'docker image rm --no-prune sha256:abc',
  ]);
  expect(play.tasks.map((task) => task['failed_when']).filter(Boolean)).toContain(
    "answer.rc != 0 and 'Rule exists' not in answer.stderr + answer.stdout",
  );
});

test('folders are made first, files that go are taken away, access is changed without following links', () => {
  const access = { mode: 0o666, uid: 0, gid: 0 };
  const step = { ...fileStep('/a/b/file', null, 'x\n'), folders: ['/a', '/a/b'] };
  const { tasks } = playOf(
    planOf(
      actionOf('a', [step, fileStep('/gone', 'x\n', null)]),
      actionOf('b', [{ kind: 'access', path: '/s', before: access, after: { mode: 0o4750, uid: 1, gid: 2 } }]),
    ),
  );
  expect(tasks.map((task) => moduleOf(task)[1]).map(({ path, dest, state }) => [path ?? dest, state])).toEqual([
    ['/a', 'directory'],
    ['/a/b', 'directory'],
    ['/a/b/file', undefined],
    ['/gone', 'absent'],
    ['/s', undefined],
  ]);
  expect(moduleOf(tasks.at(-1))[1]).toEqual({ path: '/s', mode: '4750', owner: '1', group: '2', follow: false });
});

test('what has no way is a comment with the reason', () => {
  const text = exportPlan(wholePlan, 'ansible');
  expect(text).toContain('# NOT HERE: container-replacement/db');
  expect(text).not.toContain('hunter2');
  const binary = planOf(actionOf('a', [fileStep('/file', null, Buffer.from([0xff, 0x0a]))]));
  expect(playOf(binary).tasks).toEqual([]);
  expect(exportPlan(binary, 'ansible')).toContain('no UTF-8');
});

test('a plan of nothing is a play of nothing', () => {
  expect(playOf(planOf()).tasks).toEqual([]);
});

test.each([
  'a: b\n',
  '  begins with blanks\n',
  '\nbegins with a line end\n',
  'ends with two\n\n',
  'no end',
  '',
  '- a\n\n\t- tab\n# comment\n',
  'carriage\r\nreturn\r\n',
  '%YAML\n---\n...\n',
  'bell \u0007\n',
  '\u2028 line\n',
])('the content %j arrives as it is', (text) => {
  const { tasks } = playOf(planOf(actionOf('a', [fileStep('/file', null, text)])));
  expect(moduleOf(tasks[0])[1]['content']).toBe(text);
});

test.each(['{{ lookup("pipe", "id") }}\n', '{% for x in y %}\n', '{# x #}', 'a {{b}}'])(
  '%j is no template of Ansible',
  (text) => {
    const { tasks } = playOf(
      planOf(
        actionOf(
          'a',
          [fileStep('/file', null, text), { kind: 'parameter', name: 'x', before: '', after: text.trim() }],
          {
            summary: verbatim(text.trim()),
          },
        ),
      ),
    );
    expect(moduleOf(tasks[0])[1]['content']).toEqual(new Unsafe(text));
    const words = moduleOf(tasks[1])[1]['argv'] as readonly unknown[];
    expect(words.at(-1)).toEqual(new Unsafe(`x=${text.trim()}`));
    expect(tasks[0]?.name).not.toMatch(/\{[{%#]/);
  },
);

test.each(hostileTexts)('no text of a plan breaks out: %j', (text) => {
  const plan = planOf(
    actionOf(text, [fileStep('/file', null, 'x\n')], {
      summary: verbatim(text),
      pending: verbatim(text),
      affects: [{ container: text, effect: 'stops', why: verbatim(text) }],
    }),
    actionOf(text, [{ kind: 'name', before: text, after: text }], { summary: verbatim(text) }),
  );
  const { tasks } = playOf(plan);
  expect(tasks).toHaveLength(1);
  expect(exportPlan(plan, 'ansible')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});
