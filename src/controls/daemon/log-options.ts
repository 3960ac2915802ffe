/** Options that dockerd accepts for every driver: how messages are queued, and the local copy of a remote log. */
const everyDriver = ['mode', 'max-buffer-size', 'cache-disabled', 'cache-max-size', 'cache-max-file', 'cache-compress'];

const attributes = ['labels', 'labels-regex', 'env', 'env-regex', 'tag'];

interface DriverOptions {
  readonly accepted: ReadonlySet<string>;
  /** Without these no container starts. */
  readonly required: readonly string[];
}

/** The options of dockerd's own drivers, of every version: one that is not here keeps it from starting. */
const drivers: ReadonlyMap<string, DriverOptions> = new Map([
  ['json-file', options([...attributes, 'max-size', 'max-file', 'compress'])],
  ['local', options([...attributes, 'max-size', 'max-file', 'compress'])],
  ['journald', options(attributes)],
  [
    'syslog',
    options([
      ...attributes,
      'syslog-address',
      'syslog-facility',
      'syslog-format',
      'syslog-tls-ca-cert',
      'syslog-tls-cert',
      'syslog-tls-key',
      'syslog-tls-skip-verify',
    ]),
  ],
  [
    'fluentd',
    options([
      ...attributes,
      'fluentd-address',
      'fluentd-async',
      'fluentd-async-connect',
      'fluentd-async-reconnect-interval',
      'fluentd-buffer-limit',
      'fluentd-max-retries',
      'fluentd-read-timeout',
      'fluentd-request-ack',
      'fluentd-retry-wait',
      'fluentd-sub-second-precision',
      'fluentd-write-timeout',
    ]),
  ],
  [
    'gelf',
    options(
      [
        ...attributes,
        'gelf-address',
        'gelf-compression-level',
        'gelf-compression-type',
        'gelf-tcp-max-reconnect',
        'gelf-tcp-reconnect-delay',
      ],
      ['gelf-address'],
    ),
  ],
  [
    'awslogs',
    options(
      [
        'tag',
        'awslogs-create-group',
        'awslogs-create-stream',
        'awslogs-credentials-endpoint',
        'awslogs-datetime-format',
        'awslogs-endpoint',
        'awslogs-force-flush-interval-seconds',
        'awslogs-format',
        'awslogs-group',
        'awslogs-max-buffered-events',
        'awslogs-multiline-pattern',
        'awslogs-region',
        'awslogs-stream',
      ],
      ['awslogs-group'],
    ),
  ],
  [
    'gcplogs',
    options([
      'labels',
      'labels-regex',
      'env',
      'env-regex',
      'gcp-log-cmd',
      'gcp-meta-id',
      'gcp-meta-name',
      'gcp-meta-zone',
      'gcp-project',
    ]),
  ],
  [
    'splunk',
    options(
      [
        ...attributes,
        'splunk-caname',
        'splunk-capath',
        'splunk-format',
        'splunk-gzip',
        'splunk-gzip-level',
        'splunk-index',
        'splunk-index-acknowledgment',
        'splunk-insecureskipverify',
        'splunk-source',
        'splunk-sourcetype',
        'splunk-token',
        'splunk-url',
        'splunk-verify-connection',
      ],
      ['splunk-token', 'splunk-url'],
    ),
  ],
]);

function options(own: readonly string[], required: readonly string[] = []): DriverOptions {
  return { accepted: new Set([...everyDriver, ...own]), required };
}

/** Whether the driver is one of dockerd's own, so that its options are known. */
export function isBuiltIn(driver: string): boolean {
  return drivers.has(driver);
}

/** Those of `names` that the driver does not accept. */
export function foreignOptions(driver: string, names: readonly string[]): string[] {
  const accepted = drivers.get(driver)?.accepted;
  return accepted === undefined ? [] : names.filter((name) => !accepted.has(name));
}

/** Options that the driver cannot do without and that are not among `names`. */
export function missingOptions(driver: string, names: readonly string[]): string[] {
  return (drivers.get(driver)?.required ?? []).filter((name) => !names.includes(name));
}

/** `10m`, `1.5 GB`: a size as dockerd reads it, above zero. */
export function isSize(value: string | undefined): boolean {
  const match = /^(\d+(?:\.\d+)*) ?(?:[kmgtp]?i?b?)$/i.exec(value ?? '');
  return match !== null && Number.parseFloat(match[1] ?? '') > 0;
}

/** A whole number from 1. */
export function isCount(value: string | undefined): boolean {
  return /^\+?0*[1-9]\d*$/.test(value ?? '');
}
