import type { PlanDocument } from '../../model/fix-report.ts';
import { PlimsollError } from '../../model/error.ts';
import type { Format } from '../formats.ts';
import type { Terminal } from '../terminal/paint.ts';

/** Forms of a plan; the other formats are lists of findings, and a plan is none. */
export const planFormats = ['terminal', 'json', 'markdown', 'html'] as const;
export type PlanFormat = (typeof planFormats)[number];

export interface PlanOutput extends Terminal {
  readonly format: Format;
}

type Renderer = (document: PlanDocument, terminal: Terminal) => string;

const renderers: Readonly<Record<PlanFormat, () => Promise<Renderer>>> = {
  terminal: async () => (await import('./terminal.ts')).renderPlanTerminal,
  json: async () => (await import('./json.ts')).renderPlanJson,
  markdown: async () => (await import('./markdown.ts')).renderPlanMarkdown,
  html: async () => (await import('./html.ts')).renderPlanHtml,
};

/** The plan in the form that was asked for. Throws a PlimsollError (`usage`) where a plan has no such form. */
export async function renderPlan(document: PlanDocument, { format, width, color }: PlanOutput): Promise<string> {
  if (!isPlanFormat(format)) throw noSuchForm(format);
  const render = await renderers[format]();
  return render(document, { width, color });
}

/** For whoever would rather not look at a machine for minutes first. Throws as `renderPlan` does. */
export function requirePlanFormat(format: Format): void {
  if (!isPlanFormat(format)) throw noSuchForm(format);
}

function isPlanFormat(format: Format): format is PlanFormat {
  return planFormats.some((each) => each === format);
}

function noSuchForm(format: Format): PlimsollError {
  return new PlimsollError(
    'usage',
    {
      en: `${format} is a list of findings, and a plan is none: a plan can be had as ${planFormats.join(', ')}`,
      zh: `${format} 是检查结果的列表，不适用于计划；计划的格式有 ${planFormats.join('、')}`,
    },
    {
      en: 'The report that --apply and --undo print can be had in every format.',
      zh: '--apply 和 --undo 输出的报告支持所有格式。',
    },
  );
}
