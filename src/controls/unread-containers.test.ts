import { expect, test } from 'vitest';
import { engine, hidden, info, machine } from '../../test/subjects.ts';
import { unreadContainers } from './unread-containers.ts';

const none = machine({ containers: [] });

test('no containers is not the same as none known', () => {
  expect(unreadContainers(engine({}, { info: info({ containers: 2 }) }), none)?.path).toBe('GET /containers/json');
  expect(unreadContainers(engine({}, { info: hidden }), none)).toBe(hidden);
  expect(unreadContainers(engine({}, { info: info({ containers: 0 }) }), none)).toBeUndefined();
  expect(unreadContainers(engine({}, { info: hidden }), machine())).toBeUndefined();
  expect(unreadContainers(engine({}, { info: hidden }), undefined)).toBeUndefined();
  expect(unreadContainers(engine(), machine({ containers: [], unlisted: hidden }))).toBe(hidden);
});
