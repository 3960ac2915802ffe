import type { Report } from '../model/report.ts';
import type { Terminal } from './terminal/paint.ts';

/** Every form in which a report can be had; each is loaded only when it is asked for. */
export const formats = ['terminal', 'json', 'sarif', 'junit', 'markdown', 'html'] as const;
export type Format = (typeof formats)[number];

export interface FormatOptions {
  readonly format: Format;
  /** One screen instead of everything; only a terminal has one. */
  readonly summary?: boolean;
}

export async function renderReport(report: Report, options: FormatOptions, terminal: Terminal): Promise<string> {
  switch (options.format) {
    case 'terminal':
      return options.summary
        ? (await import('./terminal/summary.ts')).renderSummary(report, terminal)
        : (await import('./terminal/terminal.ts')).renderTerminal(report, terminal);
    case 'json':
      return (await import('./json.ts')).renderJson(report);
    case 'sarif':
      return (await import('./sarif.ts')).renderSarif(report);
    case 'junit':
      return (await import('./junit.ts')).renderJunit(report);
    case 'markdown':
      return (await import('./markdown.ts')).renderMarkdown(report);
    case 'html':
      return (await import('./html.ts')).renderHtml(report);
  }
}
