import type { Finding } from '../../model/report.ts';
import { levels } from '../../model/control.ts';
import { severities, severityNames } from '../../model/severity.ts';
import type { Language, Text } from '../../model/text.ts';
import { statusNames } from '../../model/verdict.ts';
import { statusOrder, type SubjectFindings } from '../by-subject.ts';
import { levelNames, words } from '../words.ts';
import { type Markup, markup } from './markup.ts';
import { htmlWords } from './words.ts';

/** The filter. Hidden until the script shows it, so that there is no dead control without scripts. */
export function filterForm(groups: readonly SubjectFindings[], ofFiles: boolean, language: Language): Markup {
  const findings = groups.flatMap((group) => group.findings);
  const present = levels.filter((level) => findings.some((finding) => finding.level === level));
  return markup`<form class="filter" aria-label="${htmlWords.filter[language]}" hidden>
<input type="search" name="text" placeholder="${htmlWords.search[language]}" aria-label="${htmlWords.search[language]}" autocomplete="off" spellcheck="false">
<select name="subject" aria-label="${words.subject[language]}"><option value="">${htmlWords.allSubjects[language]}</option>${subjectChoices(groups, ofFiles)}</select>
<select name="level" aria-label="${words.level[language]}"><option value="">${htmlWords.allLevels[language]}</option>${present.map(
    (level) => markup`<option value="${level}">${levelNames[level][language]}</option>`,
  )}</select>
<button type="reset">${htmlWords.reset[language]}</button>
${choices('status', words.status, statusOrder, statusNames, findings, language)}
${choices('severity', words.severity, severities, severityNames, findings, language)}
</form>
<p class="matching" role="status" data-pattern="${htmlWords.matching[language]}"></p>`;
}

/** Every subject, under the name of its file where files were judged. */
function subjectChoices(groups: readonly SubjectFindings[], ofFiles: boolean): readonly Markup[] {
  const named = groups.map(({ subject }, index) => ({
    file: subject.source,
    option: markup`<option value="s${index + 1}">${subject.id}</option>`,
  }));
  if (!ofFiles) return named.map(({ option }) => option);
  return [...Map.groupBy(named, ({ file }) => file)].map(
    ([file, group]) => markup`<optgroup label="${file}">${group.map(({ option }) => option)}</optgroup>`,
  );
}

/** A button for every value that occurs; none pressed means all. */
function choices<T extends string>(
  field: 'status' | 'severity',
  legend: Text,
  values: readonly T[],
  names: Readonly<Record<T, Text>>,
  findings: readonly Finding[],
  language: Language,
): Markup {
  const counts = Map.groupBy(findings, (finding): string => finding[field]);
  return markup`<fieldset><legend>${legend[language]}</legend>${values
    .filter((value) => counts.has(value))
    .map(
      (value) =>
        markup`<label class="choice ${value}"><input type="checkbox" name="${field}" value="${value}"><span>${names[value][language]}</span></label>`,
    )}</fieldset>`;
}
