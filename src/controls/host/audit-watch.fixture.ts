import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import type { Control } from '../../model/control.ts';
import { type Fact, known } from '../../model/fact.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import type { FileStatus, HostFileRole } from '../../model/host-file.ts';
import type { AuditRules, AuditWatch, HostFacts } from '../../model/host.ts';

/** A host with one file of a role, or none, and these rules. */
export function auditedHost(
  role: HostFileRole,
  paths: readonly string[],
  audit: Fact<AuditRules | null>,
  others: readonly HostFileRole[] = [],
  kind: FileStatus['kind'] = 'file',
): HostFacts {
  const files = paths.map((path): FileStatus => ({ path, realPath: path, kind, uid: 0, gid: 0, mode: 0o644 }));
  const none = Object.fromEntries(others.map((each) => [each, known([], 'file', '/etc')]));
  return host({ audit, files: { ...host().files, ...none, [role]: known(files, 'file', '/etc') } });
}

export function rules(...watches: readonly Partial<AuditWatch>[]): Fact<AuditRules | null> {
  const whole = watches.map((each): AuditWatch => ({ path: '/srv', recursive: true, permissions: 'wa', ...each }));
  return known({ loaded: true, enabled: true, watches: whole }, 'kernel', 'auditctl -l');
}

/** What is the same for every file that is watched; `others` are the control's other roles. */
export function testWatches(control: Control<'host'>, role: HostFileRole, others: readonly HostFileRole[] = []): void {
  const path = '/srv/tools/file';
  const statusWith = (audit: Fact<AuditRules | null>) =>
    judge(control, auditedHost(role, [path], audit, others)).status;

  test('a file that no rule notices fails, and the remedy adds one', () => {
    const subject = auditedHost(role, [path, '/opt/other'], rules({ path: '/opt' }), others);
    expect(judge(control, subject)).toMatchObject({
      status: 'fail',
      evidence: [{ source: 'kernel', path: `auditctl -l ${path}`, value: '' }],
    });
    const remedy = control.remedy(subject, contextOf(control));
    expect(remedy).toMatchObject({ kind: 'host', changes: [{ kind: 'watch', path, permissions: 'wa' }] });
    const changes = remedy.kind === 'host' ? remedy.changes : [];
    expect(judge(control, applyHostChanges(subject, changes)).status).toBe('pass');
  });

  test('a rule on the file, or on a folder above where it holds for everything below', () => {
    expect(statusWith(rules({ path, recursive: false }))).toBe('pass');
    expect(statusWith(rules({ path: '/srv/link', realPath: path }))).toBe('pass');
    for (const above of ['/srv/tools', '/srv/', '/']) {
      expect(statusWith(rules({ path: above }))).toBe('pass');
      expect(statusWith(rules({ path: above, recursive: false }))).toBe('fail');
    }
    expect(statusWith(rules({ path: '/srv/tool' }, { path: `${path}/below` }))).toBe('fail');
  });

  test('of a folder everything below must be noticed', () => {
    const [whole, alone] = [true, false].map((recursive) =>
      judge(control, auditedHost(role, [path], rules({ path, recursive }), others, 'folder')),
    );
    expect(whole).toMatchObject({ status: 'pass' });
    expect(alone).toMatchObject({ status: 'fail', evidence: [{ value: '' }] });
  });

  test('docker-bench takes any rule that names the file: writing and attributes must both be noticed', () => {
    for (const permissions of ['r', 'x', 'w', 'rwx', 'a', '']) expect(statusWith(rules({ permissions }))).toBe('fail');
    expect(statusWith(rules({ permissions: 'rwxa' }))).toBe('pass');
    expect(statusWith(rules({ permissions: 'w' }, { permissions: 'a', path }))).toBe('pass');
  });

  test('rules of files count where the kernel could not be asked', () => {
    const watches = [{ path, recursive: false, permissions: 'wa' }];
    expect(statusWith(known({ loaded: false, watches }, 'file', '/etc/audit'))).toBe('pass');
  });

  test('where nothing is audited, one finding says so, and it is not this one', () => {
    expect(statusWith(known(null, 'file', '/etc/audit'))).toBe('not-applicable');
    expect(statusWith(known({ loaded: true, enabled: false, watches: [] }, 'kernel', ''))).toBe('not-applicable');
  });

  test('a file that is not there needs no rule, rules that cannot be read are unknown', () => {
    expect(judge(control, auditedHost(role, [], hidden, others)).status).toBe('not-applicable');
    expect(judge(control, auditedHost(role, [path], hidden, others))).toMatchObject({
      status: 'unknown',
      need: hidden.need,
    });
    const unreadable = host({ audit: rules({ path: '/' }), files: { ...host().files, [role]: hidden } });
    expect(judge(control, unreadable).status).toBe('unknown');
  });
}
