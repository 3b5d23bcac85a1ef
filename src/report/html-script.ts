/**
 * The page's only script: it opens the packed ballots and shows those that match. Strangers' text goes in through
 * textContent alone. Without scripts everything but the ballots is there.
 */
export const htmlScript = `
'use strict';
for (const list of document.querySelectorAll('.losses')) {
  const fields = [...list.querySelectorAll('[data-filter]')];
  const all = [...list.querySelectorAll('.loss')];
  const apply = () => {
    const [lost, task, rater] = fields.map((field) => field.value);
    let shown = 0;
    for (const loss of all) {
      const { dataset } = loss;
      const fits = dataset.lost === lost && (!task || dataset.task === task) && (!rater || dataset.raters.split(' ').includes(rater));
      loss.hidden = !fits;
      if (fits) shown += 1;
    }
    const side = all.filter((loss) => loss.dataset.lost === lost).length;
    list.querySelector('.shown').textContent = shown + ' of ' + side + ' losses of ' + lost;
  };
  list.querySelector('.filters').hidden = false;
  for (const field of fields) field.addEventListener('input', apply);
  apply();
}
// Paper has nothing to click: what is folded is printed, and folded again on the screen.
const folds = () => [...document.querySelectorAll('details:not(#ballots, #ballots *)')];
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = folds().filter((fold) => !fold.open);
  for (const fold of unfolded) fold.open = true;
});
addEventListener('afterprint', () => {
  for (const fold of unfolded) fold.open = false;
  unfolded = [];
});
(async () => {
  const root = document.getElementById('ballot-list');
  const packed = document.getElementById('ballot-data');
  if (!root || !packed) return;
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const ballots = JSON.parse(await new Response(stream).text());
  const make = (name, text, className) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const field = (id) => document.getElementById(id);
  const fill = (id, values) => {
    for (const value of [...new Set(values)]) {
      const option = make('option', value);
      option.value = value;
      field(id).append(option);
    }
  };
  fill('f-task', ballots.map((ballot) => ballot.task));
  fill('f-outcome', ballots.flatMap((ballot) => ballot.outcomes));
  fill('f-rater', ballots.flatMap((ballot) => ballot.raters));
  for (const ballot of ballots) {
    ballot.haystack = [ballot.title, ...ballot.votes.flatMap((vote) => [vote.words, vote.note || '']), ...(ballot.texts || []).map(([, text]) => text)].join('\\n').toLowerCase();
  }
  const section = (title, text) => {
    const part = make('div');
    part.append(make('h3', title), make('pre', text));
    return part;
  };
  const draw = (ballot) => {
    const details = make('details', undefined, 'ballot');
    details.append(make('summary', ballot.title));
    details.addEventListener('toggle', () => {
      if (!details.open || details.childElementCount > 1) return;
      const votes = make('ul');
      for (const vote of ballot.votes) votes.append(make('li', vote.words + (vote.note ? ' – ' + vote.note : '')));
      details.append(votes);
      if (!ballot.texts) { details.append(make('p', 'Texts are in the run folder.')); return; }
      const pair = make('div', undefined, 'pair');
      for (const [title, text] of ballot.texts) (title.endsWith('answer') ? pair : details).append(section(title, text));
      details.append(pair);
    });
    return details;
  };
  const has = (id, one) => !field(id) || !field(id).value || one(field(id).value);
  if (field('f-refused')) fill('f-refused', ballots.map((ballot) => ballot.refused).filter(Boolean));
  const page = 50;
  let shown = page;
  const more = make('button', 'Show more');
  more.type = 'button';
  const render = () => {
    const words = field('f-search').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const [task, outcome, rater] = ['f-task', 'f-outcome', 'f-rater'].map((id) => field(id).value);
    const found = ballots.filter((ballot) =>
      (!task || ballot.task === task) && (!outcome || ballot.outcomes.includes(outcome)) &&
      (!rater || ballot.raters.includes(rater)) && has('f-refused', (value) => ballot.refused === value) && words.every((word) => ballot.haystack.includes(word)));
    root.replaceChildren(...found.slice(0, shown).map(draw));
    if (found.length > shown) root.append(more);
    field('ballot-count').textContent = found.length + ' of ' + ballots.length + ' ballots';
  };
  more.addEventListener('click', () => { shown += page; render(); });
  const ids = ['f-search', 'f-task', 'f-outcome', 'f-rater', 'f-refused'].filter(field);
  for (const id of ids) {
    field(id).addEventListener('input', () => { shown = page; render(); });
  }
  const found = (select, words) => [...field(select).options].find((option) => option.textContent === words);
  for (const link of document.querySelectorAll('[data-refused]')) {
    link.addEventListener('click', () => {
      field('f-search').value = '';
      for (const id of ids) field(id).value = '';
      const task = found('f-task', link.dataset.task);
      if (task) field('f-task').value = task.value;
      const refused = found('f-refused', link.dataset.refused);
      if (refused) field('f-refused').value = refused.value;
      root.closest('details').open = true;
      shown = page;
      render();
    });
  }
  render();
  document.documentElement.dataset.ballots = 'ready';
})();
`;
