import { loadControls } from '../controls/known.ts';
import { resolvePolicy } from '../judge/policy.ts';
import type { Language } from '../model/text.ts';
import { controlTable } from './controls.ts';
import type { SharedOptions } from './options.ts';
import { writeDocument } from './write.ts';

/** `plimsoll audit --explain-baseline NAME`: its controls, and what it sets that differs from what they would ask. */
export async function explainBaseline(name: string, { output }: SharedOptions, language: Language): Promise<0> {
  await loadControls();
  const { baseline, controls } = resolvePolicy({ baseline: name });
  const set = Object.entries(baseline.parameters ?? {}).flatMap(([control, values]) =>
    Object.entries(values).map(([parameter, value]) => `  ${control}.${parameter} = ${JSON.stringify(value)}`),
  );
  const text = [
    `${baseline.name}: ${baseline.description[language]}`,
    words.controls[language](controls.length),
    ...(set.length > 0 ? ['', words.parameters[language], ...set] : []),
    '',
    controlTable(controls, language),
  ];
  await writeDocument(text.join('\n'), output);
  return 0;
}

const words = {
  controls: { en: (count: number) => `${count} controls`, zh: (count: number) => `共 ${count} 个检查项` },
  parameters: { en: 'Parameters that it sets:', zh: '设置的参数：' },
};
