/** The page's style. Colours are chosen for a contrast of 4.5 : 1 or more, in light and dark; a test measures them. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #ffffff; --sunk: #f0f3f6; --line: #d5dce3; --ink: #17202b; --soft: #4e5b69; --accent: #0a5a9c;
  --critical: #9f1239; --high: #b03a06; --medium: #7d5700; --low: #1d5fa8; --info: #4e5b69;
  --pass: #116b38; --unknown: #6534b8; --waived: #0b6470; --not-applicable: #5c6773;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e141b; --card: #161e28; --sunk: #0f161e; --line: #2c3846; --ink: #e4eaf1; --soft: #a3b0be; --accent: #7cbcf5;
    --critical: #ff8fa6; --high: #ffa870; --medium: #eec25a; --low: #84bdfa; --info: #a3b0be;
    --pass: #6fd394; --unknown: #c4a5fb; --waived: #6fcbd6; --not-applicable: #94a1af;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 66rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif;
  overflow-wrap: anywhere;
}
body:lang(zh) { line-height: 1.7; }
h1, h2, h3, h4, p, ol, ul, dl, dd, fieldset, pre { margin: 0; padding: 0; }
h1, h2, h3, h4 { line-height: 1.3; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; }
ul, ol { list-style: none; }
a { color: var(--accent); }
code, pre { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono', 'Liberation Mono', monospace; font-size: 0.875em; }
summary { cursor: pointer; width: fit-content; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
#findings:focus { outline: none; }
.skip { position: absolute; left: 1rem; top: -10rem; padding: 0.5rem 1rem; background: var(--card); z-index: 2; }
.skip:focus { top: 0.5rem; }
.soft, .note, .meta, .ids, .label, .kind, footer { color: var(--soft); }

.brand { display: flex; align-items: center; gap: 0.5rem; font-weight: 650; color: var(--accent); }
.logo { width: 1.6rem; height: 1.6rem; }
h1 { font-size: clamp(1.5rem, 4vw, 2rem); margin-top: 0.4rem; letter-spacing: -0.01em; }
.meta { margin-top: 0.25rem; font-size: 0.9375rem; }
.meta b { color: var(--ink); font-weight: 600; }
.hero {
  display: grid; grid-template-columns: auto 1fr; gap: 1.25rem 2.5rem; align-items: center; margin-top: 1.25rem;
  padding: 1.5rem clamp(1.25rem, 3vw, 2rem); background: var(--card); border: 1px solid var(--line); border-radius: 12px;
}
.score { display: flex; align-items: center; gap: 1.25rem; }
.score .mark { width: 6.5rem; height: 6.5rem; flex: none; }
.score .label { display: block; color: var(--soft); font-size: 0.875rem; line-height: 1.3; }
.score strong { display: block; color: var(--ink); font-size: 4rem; line-height: 1.05; font-weight: 700; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.headline { font-size: 1.125rem; font-weight: 600; }
.bar { display: block; width: 100%; height: 0.75rem; margin: 0.75rem 0 0.6rem; border-radius: 6px; }
.share { fill: currentColor; background: currentColor; }
.share.not-applicable { color: var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; font-size: 0.9375rem; }
.legend b { font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: 0.65rem; height: 0.65rem; margin-right: 0.4rem; border-radius: 50%; }
.note { margin-top: 0.75rem; font-size: 0.875rem; }

.critical, .fail { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); } .pass, .used { color: var(--pass); } .unknown { color: var(--unknown); }
.waived { color: var(--waived); } .not-applicable, .unused, .disruption { color: var(--not-applicable); } .expired { color: var(--high); }
.badge {
  display: inline-block; padding: 0.1rem 0.5rem 0.05rem; border-radius: 999px; border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  background: color-mix(in srgb, currentColor 8%, var(--card)); font-size: 0.8125rem; font-weight: 600; line-height: 1.45; white-space: nowrap;
}
.badge.critical { background: var(--critical); border-color: var(--critical); }
.badge.critical { color: var(--card); }
.badges { display: inline-flex; flex-wrap: wrap; gap: 0.3rem; }
.kind { font-size: 0.875rem; font-weight: 400; }
.contents { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.contents li + li { border-top: 1px solid var(--line); }
.contents a { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) auto; gap: 0.25rem 0.75rem; align-items: baseline; padding: 0.55rem 1rem; color: inherit; text-decoration: none; }
.contents.files a { grid-template-columns: 9rem minmax(0, 1fr) auto; }
.contents a:hover { background: var(--sunk); }
.contents a:focus-visible { outline-offset: -2px; }
.contents .name { font-weight: 600; }

.filter {
  display: grid; grid-template-columns: minmax(12rem, 1fr) minmax(0, 14rem) minmax(0, 10rem) auto; gap: 0.6rem; align-items: center;
  padding: 0.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px;
}
.filter fieldset { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; border: 0; min-width: 0; }
.filter legend { float: left; width: 5.5rem; padding: 0; font-size: 0.875rem; color: var(--soft); }
input[type='search'], select, button {
  font: inherit; font-size: 0.9375rem; color: var(--ink); background: var(--page); border: 1px solid color-mix(in srgb, var(--soft) 65%, var(--line)); border-radius: 8px; padding: 0.4rem 0.65rem; min-width: 0; width: 100%; min-height: 2.5rem;
}
::placeholder { color: var(--soft); opacity: 1; }
button { width: auto; cursor: pointer; }
button:hover, .choice:hover span { background: var(--sunk); }
.choice { position: relative; }
.choice input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.choice span { display: block; padding: 0.2rem 0.8rem; border: 1px solid currentColor; border-radius: 999px; font-size: 0.875rem; font-weight: 600; }
.choice input:checked + span { background: color-mix(in srgb, currentColor 16%, var(--card)); box-shadow: inset 0 0 0 1px currentColor; }
.choice input:checked + span::before { content: '✓ '; }
.choice input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
.matching:not(:empty) { margin-top: 0.6rem; }
.matching { font-size: 0.9375rem; color: var(--soft); }

.subject { margin-top: 1.75rem; scroll-margin-top: 1rem; }
.subject > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.9rem; margin-bottom: 0.75rem; }
h3 { font-size: 1.1875rem; }
.details { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: 0.875rem; }
.details dt, .details dd { display: inline; }
dt { color: var(--soft); }
.details dt { margin-right: 0.4rem; }
dd { unicode-bidi: isolate; }
.finding { margin-top: 0.75rem; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; color: var(--ink); }
.finding > header { display: flex; flex-wrap: wrap; gap: 0.3rem 0.4rem; align-items: baseline; }
h4 { flex: 1 1 20rem; margin-left: 0.2rem; font-size: 1.0625rem; }
.ids { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-top: 0.2rem; font-size: 0.875rem; }
.message { margin-top: 0.6rem; }
.need, .waiver, .where { margin-top: 0.4rem; font-size: 0.9375rem; }
.need b, .waiver b, .where b, .fix b { margin-right: 0.4rem; }
.fix { margin-top: 0.75rem; }
.fix .badge { font-weight: 400; }
.commands { position: relative; margin-top: 0.5rem; }
pre { padding: 0.7rem 0.9rem; background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; tab-size: 4; line-height: 1.5; }
pre code { user-select: all; -webkit-user-select: all; unicode-bidi: isolate; }
.commands button { position: absolute; top: 0.3rem; right: 0.3rem; min-height: 0; padding: 0.1rem 0.6rem; font-size: 0.8125rem; background: var(--card); }
.commands:has(button) pre { padding-right: 5.5rem; }
.diff { margin-top: 0.5rem; }
.diff .added { color: var(--pass); } .diff .removed { color: var(--critical); } .diff .place { color: var(--soft); }
.affects li { margin-top: 0.2rem; font-size: 0.9375rem; }
.evidence { margin-top: 0.75rem; font-size: 0.9375rem; }
.evidence summary, .rest summary { color: var(--soft); font-weight: 600; font-size: 0.9375rem; }
.evidence dl { margin-top: 0.35rem; padding-left: 1rem; border-left: 2px solid var(--line); }
.evidence dl div + div { margin-top: 0.35rem; }
.evidence dt { font-size: 0.875rem; }
.rest { margin-top: 0.75rem; }
.rest summary { padding: 0.25rem 0; }
.rest ul { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.25rem 1.25rem; font-size: 0.9375rem; }
.rest li { display: grid; grid-template-columns: 7.75rem minmax(0, 1fr); gap: 0.5rem; align-items: baseline; padding: 0.5rem 0; }
.rest li + li { border-top: 1px solid var(--line); }
.rest .badge { justify-self: start; }
.rest code { color: var(--soft); }
.rest .facts li { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.3rem 0; border: 0; }
.facts code { color: inherit; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); font-size: 0.9375rem; }
section > p + table { margin-top: 0.6rem; }
th, td { padding: 0.5rem 0.75rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-size: 0.875rem; font-weight: 600; color: var(--soft); overflow-wrap: normal; }
.date { display: inline-block; min-width: 6rem; }
tr:last-child td { border-bottom: 0; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem; }

@media screen { .subject { content-visibility: auto; contain-intrinsic-size: auto 50rem; } }
@media screen and (min-width: 48rem) and (min-height: 45rem) {
  .filter { position: sticky; top: 0.5rem; z-index: 1; box-shadow: 0 6px 20px -12px rgb(0 0 0 / 0.5); }
  .filter:not([hidden]) ~ .subject { scroll-margin-top: 11rem; }
}
@media screen and (max-width: 47.99rem) {
  .hero { grid-template-columns: minmax(0, 1fr); }
  .score .mark { width: 5rem; height: 5rem; }
  .score strong { font-size: 3.25rem; }
  .contents a, .contents.files a { grid-template-columns: auto minmax(0, 1fr); }
  .contents .badges { grid-column: 1 / -1; }
  h4 { flex-basis: 100%; margin-left: 0; text-wrap: wrap; }
  .filter { grid-template-columns: minmax(0, 1fr) auto; }
  .filter input[type='search'], .filter select[name='subject'] { grid-column: 1 / -1; }
  .filter legend { width: 100%; }
  .choice span { padding: 0.35rem 0.9rem; }
  .finding { padding: 0.9rem 1rem; }
  .rest ul { padding: 0.25rem 1rem; }
  .rest li { grid-template-columns: minmax(0, 1fr); gap: 0.15rem; }
  table, tbody, tr, td { display: block; }
  table { background: none; border: 0; }
  thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { margin-bottom: 0.75rem; padding: 0.5rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
  td { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 0.5rem; padding: 0.2rem 0; border: 0; }
  td::before { content: attr(data-column); color: var(--soft); font-size: 0.875rem; }
  td .badge { justify-self: start; }
}
@media (forced-colors: active) { .badge, .choice span, .bar { forced-color-adjust: none; } }
@media print {
  :root {
    --page: #ffffff; --card: #ffffff; --sunk: #ffffff; --line: #b9c2cb; --ink: #000000; --soft: #3c4650; --accent: #000000;
    --critical: #8f0f32; --high: #9a3206; --medium: #6b4a00; --low: #174f8c; --info: #3c4650;
    --pass: #0e5a2f; --unknown: #552aa0; --waived: #0a5560; --not-applicable: #4a545e;
  }
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  .filter, .skip, .commands button { display: none; }
  .matching:empty { display: none; }
  .badge.critical, .bar, .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .commands:has(button) pre { padding-right: 0.9rem; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  h2, h3, h4, .subject > header, .finding > header, summary { break-after: avoid; }
  .finding, .hero, .contents li, .rest li, tr, pre, .evidence dl div { break-inside: avoid; }
  a { color: inherit; }
}
`;
