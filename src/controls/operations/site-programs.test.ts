import { describe, expect, test } from 'vitest';
import { container, hidden, host, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { findProgram, findTimer } from './site-programs.ts';

const units = (...names: string[]) => ({ enabledUnits: known(names, 'file', '/etc/systemd/system') });
const processes = (...names: string[]) => ({
  processes: known(
    names.map((name, index) => ({ pid: 500 + index, name, uid: 0 })),
    'kernel',
    '/proc',
  ),
});
const images = (state: 'running' | 'stopped', reference: string) =>
  machine({ containers: [{ ...container({ name: 'agent' }), state, image: { reference } }] });

describe('a program', () => {
  test('is a process by its whole name', () => {
    expect(findProgram(host(processes('sshd', 'SplunkForwarder')), undefined, ['SplunkForwarder'])).toEqual({
      name: 'SplunkForwarder',
      evidence: { source: 'kernel', path: '/proc/501/comm', value: 'SplunkForwarder' },
    });
    expect(findProgram(host(processes('vectorize', 'grep')), undefined, ['vector'])).toBeUndefined();
  });

  test('is no process whose name the kernel has cut: systemd-journald is called systemd-journal', () => {
    const journal = host(processes('systemd-journal'));
    expect(findProgram(journal, undefined, ['systemd-journal-upload'])).toBeUndefined();
    const uploads = units('systemd-journal-upload.service');
    expect(findProgram(host(uploads), undefined, ['systemd-journal-upload'])?.name).toBe(
      'systemd-journal-upload.service',
    );
  });

  test.each([
    ['fluent-bit:3.1', true],
    ['registry.example/log/fluent-bit@sha256:' + '0a'.repeat(32), true],
    ['registry.example/fluent-bit/shop', false],
    ['fluent-bit-tools', false],
    ['${IMAGE}', false],
  ])('is the image %s: %s', (reference, found) => {
    const program = findProgram(host(), images('running', reference), ['fluent-bit']);
    expect(program?.evidence.value).toBe(found ? reference : undefined);
    expect(findProgram(host(), images('stopped', reference), ['fluent-bit'])).toBeUndefined();
  });

  test.each(['falco.service', 'falco.timer', 'falco'])('is the unit %s', (unit) => {
    expect(findProgram(host(units('ssh.service', unit)), machine(), ['falco'])).toMatchObject({
      name: unit,
      evidence: { source: 'file', value: unit },
    });
  });

  test('is not seen where nothing can be read', () => {
    const subject = host({ processes: hidden, enabledUnits: hidden });
    expect(findProgram(subject, undefined, ['falco'])).toBeUndefined();
    expect(findTimer(subject, ['*'])).toBeUndefined();
  });
});

describe('a timer', () => {
  test.each([
    ['lynis.timer', true],
    ['nightly-lynis-scan.timer', true],
    ['lynis.service', false],
    ['logrotate.timer', false],
  ])('%s is called like *lynis*: %s', (unit, found) => {
    expect(findTimer(host(units('ssh.service', unit)), ['*lynis*'])?.name).toBe(found ? unit : undefined);
  });
});
