/** A run that takes longer than this shows how far it is, milliseconds. */
const patience = 1000;
/** How often, milliseconds: a line that is overwritten may be quick, one that stays in a log may not. */
const intervals = { terminal: 500, log: 5000 };

export interface Progress {
  /** `total` is absent where nobody knows it before the end. */
  update(done: number, total?: number): void;
  end(): void;
}

/**
 * Says on standard error how far a long run has come: on a terminal in place, elsewhere a line now and then.
 *
 * @param label - may be another each time it is asked for
 * @param unit - of what is counted: `MB`
 */
export function startProgress(quiet: boolean, label: string | (() => string), unit = ''): Progress {
  const stream = process.stderr;
  if (quiet) return { update: () => {}, end: () => {} };
  const interval = stream.isTTY ? intervals.terminal : intervals.log;
  const started = Date.now();
  let shown = 0;
  return {
    update(done, total) {
      const now = Date.now();
      if (now - started < patience || (shown > 0 && now - shown < interval)) return;
      shown = now;
      const what = typeof label === 'string' ? label : label();
      const line = `${what} ${done}${total === undefined ? '' : `/${total}`}${unit === '' ? '' : ` ${unit}`}`;
      stream.write(stream.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
    },
    end() {
      if (shown > 0 && stream.isTTY) stream.write('\r\u001B[K');
    },
  };
}
