import { loadControls } from '../controls/known.ts';
import { requireControls } from '../judge/selection.ts';
import type { Language } from '../model/text.ts';
import { explainControl } from '../remedy/explain.ts';
import { explainMarkdown } from '../report/explain/markdown.ts';
import { explainText } from '../report/explain/text.ts';
import type { AdvisoryDataOptions } from './advisory-data.ts';
import type { SharedOptions } from './options.ts';
import { readSample } from './read-sample.ts';
import { writeDocument } from './write.ts';

export interface ExplainOptions extends SharedOptions, Pick<AdvisoryDataOptions, 'data' | 'dataFolder' | 'verifyKey'> {
  readonly format: 'text' | 'markdown' | 'json';
  /** The target of a scan: a vulnerability in it is explained, and no control. */
  readonly in?: string;
  /** With `in`: as a scan has them. */
  readonly config?: string;
  readonly vex?: readonly string[];
}

/** `plimsoll explain ID|ALIAS`: why a control exists, how it is judged, how to mend what it finds. */
export async function explain(selector: string, options: ExplainOptions, language: Language): Promise<0> {
  if (options.in !== undefined) {
    const { explainVulnerability } = await import('./explain-vulnerability.ts');
    return explainVulnerability(selector, options.in, options, language);
  }
  await loadControls();
  const explanations = requireControls(selector, 'explain').map((control) =>
    explainControl(control, language, readSample),
  );
  const document =
    options.format === 'json'
      ? `${JSON.stringify({ controls: explanations }, null, 2)}\n`
      : explanations
          .map((each) => (options.format === 'markdown' ? explainMarkdown(each) : explainText(each)))
          .join('\n\n');
  await writeDocument(document, options.output);
  return 0;
}
