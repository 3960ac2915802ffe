/**
 * The page's script. It only shows, hides and opens what is there already, never makes markup of text, and
 * runs in the browser as it stands here: no build step touches it, for its hash is in the page's policy.
 */
export const script = `'use strict';
(() => {
  const form = document.querySelector('form.filter');
  const matching = document.querySelector('.matching');
  const sections = Array.from(document.querySelectorAll('section.subject'));
  const findings = Array.from(document.querySelectorAll('[data-status]'), (element) => {
    const section = element.closest('section.subject');
    const text = (section.dataset.name + ' ' + element.textContent).toLowerCase();
    return { element, section, rest: element.closest('details.rest'), text };
  });

  function filter() {
    const chosen = new FormData(form);
    const words = chosen.get('text').toLowerCase().split(/\\s+/).filter(Boolean);
    const statuses = chosen.getAll('status');
    const severities = chosen.getAll('severity');
    const level = chosen.get('level');
    const subject = chosen.get('subject');
    const active = words.length + statuses.length + severities.length > 0 || level !== '' || subject !== '';
    const rests = new Set();
    const left = new Set();
    let shown = 0;
    for (const { element, section, rest, text } of findings) {
      const { dataset } = element;
      const matches =
        (statuses.length === 0 || statuses.includes(dataset.status)) &&
        (severities.length === 0 || severities.includes(dataset.severity)) &&
        (level === '' || dataset.level === level) &&
        (subject === '' || section.id === subject) &&
        words.every((word) => text.includes(word));
      element.hidden = !matches;
      if (!matches) continue;
      shown += 1;
      left.add(section);
      if (rest) rests.add(rest);
    }
    for (const section of sections) section.hidden = active && !left.has(section);
    for (const { rest } of findings) {
      if (!rest) continue;
      rest.hidden = !rests.has(rest);
      rest.open = active && (statuses.length > 0 || words.length > 0);
    }
    const { pattern } = matching.dataset;
    matching.textContent = active ? pattern.replace('{shown}', shown).replace('{all}', findings.length) : '';
  }

  if (form) {
    form.hidden = false;
    form.addEventListener('input', filter);
    form.addEventListener('reset', () => setTimeout(filter));
    form.addEventListener('submit', (event) => event.preventDefault());
    filter();
  }

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('details:not([open])'));
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  if (!navigator.clipboard) return;
  const { copy, copied } = document.body.dataset;
  for (const commands of document.querySelectorAll('.commands')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = copy;
    button.addEventListener('click', async () => {
      const code = commands.querySelector('code');
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        return;
      }
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    commands.append(button);
  }
})();
`;
