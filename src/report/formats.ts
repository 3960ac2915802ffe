import type { Report } from '../model/report.ts';
import { visibleRecord } from './plan-document.ts';
import type { Terminal } from './terminal/paint.ts';

/** Every form in which a report can be had; each is loaded only when it is asked for. */
export const formats = [
  'terminal',
  'json',
  'sarif',
  'junit',
  'markdown',
  'html',
  'compact',
  'github',
  'gitlab',
] as const;
export type Format = (typeof formats)[number];

/** Bills of materials: what is in one image, for other tools. */
const billFormats = ['cyclonedx', 'spdx'] as const;
type BillFormat = (typeof billFormats)[number];

/** Every form in which the report of a scan can be had. */
export const scanFormats = [...formats, ...billFormats] as const;
export type ScanFormat = (typeof scanFormats)[number];

export function isBillFormat(format: ScanFormat): format is BillFormat {
  return format === 'cyclonedx' || format === 'spdx';
}

export interface FormatOptions {
  readonly format: ScanFormat;
  /** One screen instead of everything; only a terminal has one. */
  readonly summary?: boolean;
}

/** What of a report a format shows: the rest need not be put into words. */
export interface Demand {
  /** What passed, and what was no question, one by one. They are counted in any case. */
  readonly passes: boolean;
  /** The lines of a remedy, beside its summary. */
  readonly commands: boolean;
}

/** Formats of one line a finding, and the one screen. */
const brief: ReadonlySet<ScanFormat> = new Set(['compact', 'github', 'gitlab', ...billFormats]);

export function demandOf({ format, summary = false }: FormatOptions): Demand {
  const isBrief = brief.has(format) || (format === 'terminal' && summary);
  return { passes: !isBrief && format !== 'terminal', commands: !isBrief };
}

type Renderer = (report: Report, terminal: Terminal) => string;

const renderers: Readonly<Record<ScanFormat, (options: FormatOptions) => Promise<Renderer>>> = {
  terminal: async ({ summary }) =>
    summary
      ? (await import('./terminal/summary.ts')).renderSummary
      : (await import('./terminal/terminal.ts')).renderTerminal,
  json: async () => (await import('./json.ts')).renderJson,
  sarif: async () => (await import('./sarif.ts')).renderSarif,
  junit: async () => (await import('./junit.ts')).renderJunit,
  markdown: async () => (await import('./markdown.ts')).renderMarkdown,
  html: async () => (await import('./html.ts')).renderHtml,
  compact: async () => (await import('./compact.ts')).renderCompact,
  github: async () => (await import('./github.ts')).renderGithub,
  gitlab: async () => (await import('./gitlab.ts')).renderGitlab,
  cyclonedx: async () => (await import('./cyclonedx.ts')).renderCycloneDx,
  spdx: async () => (await import('./spdx.ts')).renderSpdx,
};

/** The report in the form that was asked for. */
export async function renderReport(report: Report, options: FormatOptions, terminal: Terminal): Promise<string> {
  const render = await renderers[options.format](options);
  // Who fixed and why something failed comes from outside, after the report was put together.
  return render(report.fix ? { ...report, fix: visibleRecord(report.fix) } : report, terminal);
}
