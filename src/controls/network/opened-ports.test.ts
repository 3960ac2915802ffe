import { expect, test } from 'vitest';
import { container } from '../../../test/subjects.ts';
import { openedPorts, portText } from './opened-ports.ts';

const ports = [{ hostPort: 25, containerPort: 8025, protocol: 'tcp' }] as const;
const inNetwork = (network: string) => container({ ports, namespaces: { network } });

test.each(['bridge', 'shop', ''])('in the network %j ports are opened on the host', (network) => {
  expect(openedPorts(inNetwork(network))).toEqual([{ port: ports[0], field: 'ports[0]' }]);
});

test.each(['host', 'none'])('in the mode %s there is nothing to publish', (network) => {
  expect(openedPorts(inNetwork(network))).toEqual([]);
  expect(openedPorts({ ...inNetwork(network), dialect: 'pod' })).toEqual([]);
});

test.each([
  [{ hostPort: 25 }, '25/tcp'],
  [{ hostAddress: '', hostPort: 25 }, '25/tcp'],
  [{ hostAddress: '192.0.2.10', hostPort: 25 }, '192.0.2.10:25/tcp'],
  [{ hostAddress: '::', hostPort: 25 }, '[::]:25/tcp'],
  [{ hostAddress: '[::1]', hostPort: 25 }, '[::1]:25/tcp'],
  [{}, '*->8025/tcp'],
  [{ hostAddress: '127.0.0.1' }, '127.0.0.1:*->8025/tcp'],
])('%j is %s', (port, text) => {
  expect(portText({ ...port, containerPort: 8025, protocol: 'tcp' })).toBe(text);
});

test('publishing all opens what is exposed and not published by itself', () => {
  const subject = {
    ...inNetwork('shop'),
    publishAllPorts: true,
    exposedPorts: ['8025/tcp', '53/udp', '9000-9010', 'x'],
  };
  expect(openedPorts(subject).map(({ port, field }) => [portText(port), field])).toEqual([
    ['25/tcp', 'ports[0]'],
    ['*->53/udp', 'publishAllPorts'],
    ['*->9000/tcp', 'publishAllPorts'],
  ]);
  expect(openedPorts({ ...subject, namespaces: { network: 'host' } })).toEqual([]);
  expect(openedPorts({ ...subject, publishAllPorts: false })).toHaveLength(1);
});
