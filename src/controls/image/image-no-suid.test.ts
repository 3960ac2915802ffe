import { expect, test } from 'vitest';
import { contextOf, halfRead, image, judge, opened, openedWith } from '../../../test/subjects.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import { unreadable } from '../../model/fact.ts';
import { isAskedOf } from '../../model/control.ts';
import { imageNoSuid as control } from './image-no-suid.ts';

const su = { kind: 'setuid', path: '/usr/bin/su', detail: '0o4755 root' } as const;
const ping = { kind: 'file-capability', path: '/usr/bin/ping', detail: 'cap_net_raw=ep' } as const;
const chage = { kind: 'setgid', path: '/usr/bin/chage', detail: '0o2755 gid 42' } as const;

test.each([[su], [ping], [chage]])('%j fails', (file) => {
  expect(judge(control, openedWith(file))).toMatchObject({
    status: 'fail',
    field: 'contents.files',
    evidence: [{ path: file.path, value: expect.stringContaining(file.detail) }],
  });
});

test('the evidence names the package and the instruction, and no more of the line that made the layer', () => {
  const contents = {
    ...exemplarContents,
    layers: [{ bytes: 1, createdBy: 'RUN |1 TOKEN=abc /bin/sh -c apt-get install -y mount # buildkit' }],
    files: [{ ...su, layer: 0, size: 1, ownedBy: 'pkg:deb/debian/mount@2.41-5?arch=amd64' }],
  };
  expect(judge(control, image({ contents })).evidence).toEqual([
    { source: 'file', path: '/usr/bin/su', value: '0o4755 root · mount · layer 1 of 1 (RUN)' },
  ]);
});

test('what is accepted passes, by its path or by stars', () => {
  expect(judge(control, openedWith(su), { parameters: { accepted: ['/usr/bin/su'] } }).status).toBe('pass');
  expect(judge(control, openedWith(su, ping), { parameters: { accepted: ['/usr/bin/*'] } }).status).toBe('pass');
  expect(judge(control, openedWith(su, ping), { parameters: { accepted: ['/usr/bin/su'] } }).status).toBe('fail');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened()).status).toBe('pass');
  expect(judge(control, opened(halfRead))).toMatchObject({ status: 'unknown', need: { en: 'the layer itself' } });
  const damaged = unreadable('file', '/', { en: 'it is cut off', zh: '被截断' }, { en: 'all of it', zh: '完整文件' });
  expect(judge(control, opened({ gaps: [damaged] })).status).toBe('unknown');
  expect(judge(control, opened({ gaps: [{ ...damaged, path: '/app/shop.jar' }] })).status).toBe('pass');
});

function asked(value: ReturnType<typeof image>): boolean {
  return isAskedOf(control, { kind: 'image', id: 'image/web', value });
}

test('it is not asked of what was not opened, nor of a bill of materials', () => {
  expect(asked(opened())).toBe(true);
  expect(asked(image())).toBe(false);
  expect(asked(opened({ fileCount: 0 }, { bare: true }))).toBe(false);
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
