import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { networkNoPrivilegedHostPorts as control } from './network-no-privileged-host-ports.ts';

const publishing = (...hostPorts: (number | undefined)[]) =>
  container({
    ports: hostPorts.map((hostPort) => ({
      ...(hostPort === undefined ? {} : { hostPort }),
      containerPort: 80,
      protocol: 'tcp',
    })),
  });

const severityOf = (...hostPorts: number[]) => {
  if (typeof control.severity === 'string') throw new Error('the severity depends on the ports');
  return control.severity.of(publishing(...hostPorts), contextOf(control));
};

test.each([1, 22, 80, 443, 1023])('the port %i fails', (hostPort) => {
  expect(judge(control, publishing(8080, hostPort))).toMatchObject({ status: 'fail', field: 'ports[1]' });
});

test.each([[[]], [[1024]], [[8080, 65_535]], [[undefined]]])('the ports %j pass', (hostPorts) => {
  expect(judge(control, publishing(...hostPorts)).status).toBe('pass');
});

test('an address of its own does not make the port an ordinary one', () => {
  const ports = [{ hostAddress: '127.0.0.1', hostPort: 53, containerPort: 53, protocol: 'udp' }] as const;
  expect(judge(control, container({ ports })).status).toBe('fail');
  expect(judge(control, { ...container({ ports }), dialect: 'pod' }).status).toBe('fail');
});

test('ports of services for everyone are less severe, unless there are others', () => {
  expect(severityOf(80, 443, 8080)).toBe('low');
  expect(severityOf(80, 25)).toBe('medium');
});

test('a site may allow a port', () => {
  const parameters = { allowed: [25] };
  expect(judge(control, publishing(25), { parameters }).status).toBe('pass');
  expect(judge(control, publishing(25, 80), { parameters })).toMatchObject({ status: 'fail', field: 'ports[1]' });
});

test('what is not published takes no port', () => {
  const subject = { ...publishing(25), namespaces: { network: 'host' } };
  expect(judge(control, subject).status).toBe('pass');
});

test('only a person knows which port the clients can be told', () => {
  expect(control.remedy(publishing(25), contextOf(control)).kind).toBe('manual');
});
