import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { container, engine, running } from '../../test/subjects.ts';
import type { ContainerSpec, Owner } from '../model/container-spec.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { byHand, changeDaemon, changeObject, changeSpec, editText, type Remedy } from '../model/remedy.ts';
import { Secret } from '../model/secret.ts';
import { invisible } from './invisible.ts';
import { renderRemedy } from './render.ts';

const summary = { en: 'Mend it.', zh: '修复。' };
const live = changeSpec({ resources: { pids: 200 } }, summary);
const anew = changeSpec({ privileged: false, capabilities: { drop: ['ALL'] } }, summary);
const privileged = container({ privileged: true, capabilities: { drop: [] } });

function render(remedy: Remedy, subject: ContainerSpec, language: 'en' | 'zh' = 'en') {
  return renderRemedy(remedy, { kind: 'container', id: `container/${subject.name}`, value: subject }, language);
}

function ownedBy(owner: Owner, subject = privileged): ContainerSpec {
  return { ...subject, owner };
}

describe('a container that nobody owns', () => {
  test('is updated as it runs, or while it is stopped', () => {
    const commands = ['docker update --pids-limit=200 web'];
    expect(render(live, running())).toEqual({ kind: 'spec', summary: 'Mend it.', disruption: 'none', commands });
    expect(render(live, { ...container(), state: 'stopped' }).commands).toEqual(commands);
  });

  test('is made anew where it must be: what to add on one line, what to leave out as comments', () => {
    expect(render(anew, privileged).commands).toEqual(['docker run … --cap-drop=ALL …', '# without: --privileged']);
    expect(render(anew, privileged, 'zh').commands[1]).toBe('# 去掉：--privileged');
    expect(render(anew, privileged).disruption).toBe('recreate');
  });

  test('that only exists on paper is not updated', () => {
    expect(render(live, { ...container(), dialect: 'docker-run' }).commands).toEqual([
      'docker run … --pids-limit=200 …',
    ]);
  });

  test('gets another image or program behind its options', () => {
    const remedy = changeSpec({ image: { reference: 'web:2' }, command: ['web', 'a b'] }, summary);
    expect(render(remedy, container()).commands).toEqual(["docker run … web:2 web 'a b'"]);
  });

  test('has no command for what docker run cannot say', () => {
    expect(render(changeSpec({ resources: { blockIoThrottles: 1 } }, summary), container()).commands).toEqual([]);
  });
});

test('the limit of swap stays where it can when memory changes', () => {
  expect(render(memory(128), running()).commands).toEqual(['docker update --memory=128m --memory-swap=256m web']);
  expect(render(memory(512), running()).commands).toEqual(['docker update --memory=512m --memory-swap=1g web']);
});

test('an option that only counts once is replaced, one that adds up is left out', () => {
  const before = container({
    restart: { name: 'always', maximumRetries: null },
    labels: { owner: 'a' },
    capabilities: { add: ['SYS_ADMIN', 'CHOWN'] },
    security: { selinux: ['disable'] },
  });
  const remedy = changeSpec(
    {
      restart: { name: 'no' },
      labels: { owner: 'b' },
      capabilities: { add: ['NET_BIND_SERVICE'] },
      security: { noNewPrivileges: false, selinux: ['type:web_t'] },
    },
    summary,
  );
  expect(render(remedy, before).commands).toEqual([
    'docker run … --cap-add=NET_BIND_SERVICE --security-opt no-new-privileges=false --security-opt label=type:web_t --label owner=b --restart=no …',
    '# without: --cap-add=SYS_ADMIN',
    '# without: --cap-add=CHOWN',
    '# without: --security-opt label=disable',
  ]);
});

describe('a container of Compose', () => {
  const owner: Owner = {
    kind: 'compose',
    project: 'shop',
    service: 'front',
    files: ['/srv/shop/compose.yaml', '/srv/my file.yaml'],
  };

  test('is changed in its file, by the keys that differ, and brought up again', () => {
    expect(render(anew, ownedBy(owner)).commands).toEqual([
      'services:',
      '  front:',
      '    cap_drop:',
      '      - ALL',
      '    # without: privileged',
      "docker compose --project-name=shop --file=/srv/shop/compose.yaml --file='/srv/my file.yaml' up -d front",
    ]);
  });

  test('is made anew even for a change that could be live', () => {
    const rendered = render(live, ownedBy(owner, running()));
    expect(rendered.disruption).toBe('recreate');
    expect(rendered.commands.slice(0, -1)).toEqual(['services:', '  front:', '    pids_limit: 200']);
  });

  test('from a file keeps the project that Compose finds itself', () => {
    const subject: ContainerSpec = { ...privileged, dialect: 'compose', owner: { kind: 'compose', project: 'guess' } };
    expect(render(anew, subject).commands.at(-1)).toBe('docker compose up -d web');
  });

  test('in a file without an owner still speaks Compose', () => {
    expect(render(anew, { ...privileged, dialect: 'compose' }).commands[0]).toBe('services:');
  });

  test("has its volumes' drivers changed where they are written", () => {
    const mounts = [
      { kind: 'volume', source: 'web-data', target: '/data', readOnly: false, options: { o: 'nosuid,nodev,noexec' } },
    ] as const;
    const lines = render(
      changeSpec({ mounts }, summary),
      ownedBy(owner, container({ mounts: [{ ...mounts[0], options: {} }] })),
    ).commands;
    expect(parse(lines.slice(0, -1).join('\n'))).toEqual({
      volumes: { 'web-data': { driver_opts: { o: 'nosuid,nodev,noexec' } } },
    });
  });

  test('has no command for what Compose cannot say', () => {
    expect(render(changeSpec({ resources: { memoryNodes: '0' } }, summary), ownedBy(owner)).commands).toEqual([]);
  });
});

test('a pod is changed in its manifest, and applied where that is known', () => {
  const owner: Owner = { kind: 'kubernetes', project: 'shop', service: 'web', files: ['pod.yaml'] };
  const subject = ownedBy(owner, container({ privileged: true, namespaces: { pid: 'host' }, labels: { tier: 'web' } }));
  const remedy = changeSpec({ privileged: false, namespaces: { pid: null }, labels: { tier: null } }, summary);
  expect(render(remedy, subject).commands).toEqual([
    'metadata:',
    '  # without: labels.tier',
    'spec:',
    '  # without: hostPID',
    '  containers:',
    '    - name: web',
    '      securityContext:',
    '        allowPrivilegeEscalation: false',
    '      # without: securityContext.privileged',
    'kubectl apply --filename=pod.yaml',
  ]);
  expect(render(live, subject).commands).toEqual([]);
});

test('a Swarm service is updated by its flags, and where it has none there is no command', () => {
  const owner: Owner = { kind: 'swarm', project: 'shop_web' };
  expect(render(live, ownedBy(owner)).commands).toEqual(['docker service update --limit-pids=200 shop_web']);
  expect(render(changeSpec({ privileged: false }, summary), ownedBy(owner)).commands).toEqual([]);
});

test('an engine gets its file and its command', () => {
  const subject = { kind: 'engine', id: 'engine/harbour', value: engine() } as const;
  const rendered = renderRemedy(changeDaemon({ icc: false }, summary), subject, 'zh');
  expect(rendered).toMatchObject({ kind: 'daemon', summary: '修复。', disruption: 'daemon-restart' });
  expect(rendered.commands).toContain('  "icc": false');
  expect(rendered.commands.at(-1)).toBe('systemctl restart docker');
});

test("a container's remedy may be the engine's", () => {
  expect(render(changeDaemon({ icc: false }, summary), container()).commands.at(-1)).toBe('systemctl restart docker');
});

test('an edit of a text is shown as the lines that it makes', () => {
  const text = 'FROM debian:13\r\nRUN apt update\r\nRUN apt upgrade\r\n';
  const subject = { kind: 'dockerfile', id: 'dockerfile/x', value: { text } as Dockerfile } as const;
  const remedy = editText([{ start: 23, end: 23, text: '-get' }], summary);
  expect(renderRemedy(remedy, subject, 'en')).toEqual({
    kind: 'text',
    summary: 'Mend it.',
    disruption: 'rebuild',
    commands: ['RUN apt-get update'],
  });
});

test('fields of an object are shown with their new values', () => {
  const subject = { kind: 'kubernetes-object', id: 'kubernetes-object/x', value: {} as KubernetesObject } as const;
  const set = changeObject([{ path: ['spec', 'containers', 0, 'stdin'], value: false }], summary);
  const rendered = renderRemedy(set, subject, 'zh');
  expect(rendered).toMatchObject({ kind: 'object', summary: '修复。', disruption: 'recreate' });
  expect(rendered.commands.join('\n')).toMatch(/stdin"?: false/);
  const gone = changeObject([{ path: ['spec', 'hostPID'] }], summary);
  expect(renderRemedy(gone, subject, 'en').commands.join('\n')).toMatch(/^# .*hostPID$/);
});

test('what a person does is passed on', () => {
  const remedy = byHand(summary, ['apt-get upgrade docker.io']);
  expect(render(remedy, container())).toEqual({
    kind: 'manual',
    summary: 'Mend it.',
    disruption: 'manual',
    commands: ['apt-get upgrade docker.io'],
  });
});

test.each(['none', 'compose', 'swarm', 'kubernetes'] as const)(
  'hostile names stay words of one line in the commands for an owner of kind %s',
  (kind) => {
    const hostile = 'x\n"; reboot; $(reboot) \u001b[2J\u202e --privileged';
    const owner: Owner = { kind, project: hostile, service: hostile, files: [hostile] };
    const subject = {
      ...ownedBy(owner, running({}, { user: hostile, labels: { [hostile]: hostile } })),
      name: hostile,
    };
    const remedies = [live, changeSpec({ user: '1000', labels: { [hostile]: null, other: hostile } }, summary)];
    const lines = remedies.flatMap((remedy) => render(remedy, subject).commands);
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      expect(line.search(invisible)).toBe(-1);
      // Every dangerous word is inside of quotes: none is left once the quoted parts are gone.
      expect(line.replace(/\$'(?:[^'\\]|\\.)*'|'[^']*'|"(?:[^"\\]|\\.)*"/g, '')).not.toContain('reboot');
    }
  },
);

test.each(['none', 'compose', 'swarm', 'kubernetes'] as const)('no value of a variable is shown for %s', (kind) => {
  const before = container({
    environment: [
      { name: 'PASSWORD', value: new Secret('hunter2') },
      { name: 'B', value: new Secret('hunter2') },
    ],
  });
  const remedy = changeSpec({ environment: [{ name: 'B', value: new Secret('hunter2') }] }, summary);
  const text = render(remedy, ownedBy({ kind }, before)).commands.join('\n');
  expect(text).not.toBe('');
  expect(text).not.toContain('hunter2');
});

function memory(mebibytes: number): Remedy {
  return changeSpec({ resources: { memory: mebibytes * 1024 ** 2 } }, summary);
}
