/** A run that takes longer than this shows how far it is, milliseconds. */
const patience = 1000;
const interval = 500;

export interface Progress {
  update(done: number, total: number): void;
  end(): void;
}

/** Says on standard error how far a long run has come: on a terminal in place, elsewhere nothing. */
export function startProgress(quiet: boolean, label: string): Progress {
  const stream = process.stderr;
  if (quiet || !stream.isTTY) return { update: () => {}, end: () => {} };
  const started = performance.now();
  let shown = 0;
  return {
    update(done, total) {
      const now = performance.now();
      if (now - started < patience || now - shown < interval) return;
      shown = now;
      stream.write(`\r\u001B[K${label} ${done}/${total}`);
    },
    end() {
      if (shown > 0) stream.write('\r\u001B[K');
    },
  };
}
