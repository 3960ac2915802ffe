import type { FixRecord } from '../../model/fix-report.ts';

/** `fix ID: daemon-json/reload done, container-update/web failed (reason)`: for formats that have one line for it. */
export function recordLine({ kind, id, actions }: FixRecord): string {
  const states = actions.map(
    (action) => `${action.id} ${action.state}${action.reason === null ? '' : ` (${action.reason})`}`,
  );
  return [`${kind} ${id}`, ...(states.length === 0 ? [] : [states.join(', ')])].join(': ');
}
