import { describe, expect, test } from 'vitest';
import { container, exemplarEffective, hidden, machine, running } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { EffectiveNamespace } from '../../model/effective.ts';
import { type Fact, known } from '../../model/fact.ts';
import { judgeHostNamespace } from './host-namespace.ts';

const other = 'a7'.repeat(32);

describe.each(['network', 'pid', 'ipc', 'uts'] as const)('%s', (kind) => {
  const hosts = known({ link: `${kind}:[4026531836]`, host: true }, 'kernel', `/proc/412/ns/${kind}`);
  const own = exemplarEffective.namespaces[kind];
  const paper = (mode: string | null) => container({ namespaces: { [kind]: mode } });
  const runningIn = (fact: Fact<EffectiveNamespace>, mode: string | null = null) =>
    running({ namespaces: { ...exemplarEffective.namespaces, [kind]: fact } }, { namespaces: { [kind]: mode } });
  const judge = (subject: ContainerSpec, containers: ContainerSpec[] = []) =>
    judgeHostNamespace(subject, kind, machine({ containers }));

  test.each([null, '', 'private'])('a namespace written as %j is its own', (mode) => {
    expect(judge(paper(mode)).status).toBe('pass');
  });

  test('a namespace shared with another container is reported by the name of that one', () => {
    const verdict = judge(paper(`container:${other}`));
    expect(verdict.status).toBe('pass');
    expect(verdict.message.en).toContain('container a7a7a7a7a7a7.');
    expect(judge(paper('service:db')).message.en).toContain('container db.');
    expect(judge(paper(`container:${other}`), [{ ...container(), id: other }]).message.en).toContain('container web.');
    expect(judgeHostNamespace(paper('container:db'), kind, undefined).status).toBe('pass');
  });

  test("a container that would join one which uses the host's namespace would use it too", () => {
    const joined = { ...paper('host'), id: other };
    expect(judge(paper(`container:${other}`), [joined])).toMatchObject({ status: 'fail', field: `namespaces.${kind}` });
    const seen = { ...runningIn(hosts), name: 'db' };
    expect(judge(paper('container:db'), [seen]).status).toBe('fail');
    const apart = { ...runningIn(own, 'host'), name: 'db' };
    expect(judge(paper('container:db'), [apart]).status).toBe('pass');
  });

  test("a container that joined one which is in the host's namespace is seen through by the kernel", () => {
    const verdict = judge(runningIn(hosts, `container:${other}`));
    expect(verdict.status).toBe('fail');
    expect(verdict.evidence.map((each) => each.source)).toEqual(['kernel', 'engine-api']);
  });

  test('the kernel outranks the configuration, both ways', () => {
    expect(judge(runningIn(hosts)).status).toBe('fail');
    expect(judge(runningIn(own, 'host')).status).toBe('pass');
    expect(judge(runningIn(own, 'container:db'), [{ ...paper('host'), name: 'db' }]).status).toBe('pass');
  });

  test('what the kernel hides is judged by the configuration', () => {
    expect(judge(runningIn(hidden, 'host')).status).toBe('fail');
    const verdict = judge(runningIn(hidden));
    expect(verdict.status).toBe('pass');
    expect(verdict.evidence.map((each) => each.source)).toEqual(['engine-api']);
  });

  test('a namespace given by its path is unknown on paper, and known while it runs', () => {
    const mode = `ns:/proc/1/ns/${kind}`;
    expect(judge(paper(mode)).status).toBe('unknown');
    expect(judge(runningIn(hosts, mode)).status).toBe('fail');
    expect(judge(runningIn(own, mode)).status).toBe('pass');
  });
});
