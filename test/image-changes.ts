import type { ChangedImage, ChangeMessage, FindingChange } from '../src/model/image-change.ts';
import { imageId } from './scanned-images.ts';

/** A high vulnerability of `left-pad` that was gained, but for `change`. */
export function findingChange(change: Partial<FindingChange> = {}): FindingChange {
  return {
    change: 'gained',
    vulnerability: 'CVE-2026-1',
    package: 'pkg:npm/left-pad@1.0.0',
    paths: ['/srv/package-lock.json'],
    before: null,
    after: { status: 'fixed', fixedIn: '1.1.0', severity: 'high' },
    ...change,
  };
}

/** An image in which that came to be, but for `change`. */
export function changedImage(change: Partial<ChangedImage> = {}): ChangedImage {
  return {
    id: imageId('1'),
    names: ['shop/web:1'],
    digests: [],
    platform: 'linux/amd64',
    complete: true,
    data: { before: 'aa', after: 'bb' },
    containers: ['web'],
    changes: [findingChange()],
    ...change,
  };
}

/** The first part of a change set, but for `change`. */
export function changeMessage(change: Partial<ChangeMessage> = {}): ChangeMessage {
  return { set: '5e7', part: 1, found: '2026-06-01T12:00:00.000Z', images: [changedImage()], ...change };
}
