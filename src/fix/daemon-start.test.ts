import { describe, expect, test } from 'vitest';
import { obstacleOf, sharesNamespaces } from './daemon-start.ts';

describe('who has started the daemon', () => {
  test.each([
    ['the service manager, to which what somebody ran was handed on', 40, 1, 'systemd'],
    ["somebody's shell", 40, 30, 'bash'],
  ])('%s: it can be started again', (_, pid, parent, name) => {
    expect(obstacleOf(pid, parent, name)).toBeUndefined();
  });

  test.each([
    ['it is process 1', 1, 0, undefined, 'its container'],
    ['the init of a container', 7, 1, 'docker-init', 'its container'],
    ['the script that a container runs for', 7, 1, 'sh', 'its container'],
    ['a supervisor', 40, 30, 'runsv', 'runsv'],
    ['nobody that can be seen', 40, 30, undefined, 'cannot be restarted'],
  ])('%s: it is left alone', (_, pid, parent, name, reason) => {
    expect(obstacleOf(pid, parent, name)?.en).toContain(reason);
  });
});

test('a process shares its own namespaces, and none with one that is not there', () => {
  expect(sharesNamespaces(process.pid)).toBe(true);
  expect(sharesNamespaces(0)).toBe(false);
});
