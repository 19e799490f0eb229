// All that moves in the page. What it needs of the runs is in the element 'data'; nothing is fetched.
'use strict';
(() => {
  const runs = JSON.parse(document.getElementById('data').textContent);
  const NAME = 0, SAID = 1, HEARD = 2, SCORE = 3, SPEAKER = 4, SOUND = 5;
  const REACH = 24; // how far from a point the mouse still means it, in units of the picture

  // Text is only ever set as text, never as markup: words and names come from other people.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // --- theme ---
  const theme = document.getElementById('theme');
  const wantsDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (wantsDark.matches ? 'dark' : 'light')) === 'dark';
  const showTheme = () => theme.setAttribute('aria-pressed', isDark());
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    showTheme();
  });
  wantsDark.addEventListener('change', showTheme);
  showTheme();

  // --- sound: one player for all clips ---
  const player = document.getElementById('player');
  const audio = player.querySelector('audio');
  let sounds = null, pressed = null;

  function play(sound, name) {
    sounds ??= JSON.parse(document.getElementById('sounds').textContent);
    player.hidden = false;
    player.querySelector('p').textContent = name;
    audio.src = 'data:audio/wav;base64,' + sounds[sound];
    audio.play().catch(() => { player.querySelector('p').textContent = `${name}: the browser does not play it`; });
  }

  function mark(button) {
    pressed?.removeAttribute('aria-pressed');
    pressed = button;
    pressed?.setAttribute('aria-pressed', 'true');
  }

  audio.addEventListener('ended', () => mark(null));
  audio.addEventListener('pause', () => mark(null));
  player.querySelector('button').addEventListener('click', () => {
    audio.pause();
    player.hidden = true;
  });
  document.addEventListener('click', event => {
    const button = event.target.closest('.play');
    if (!button) return;
    play(Number(button.dataset.sound), button.dataset.name);
    mark(button);
  });

  // --- a clip's card ---
  function card(run, clip) {
    const [name, said, heard, score, speaker, sound] = clip;
    const item = element('li', { class: 'clip' });
    const known = sound === null ? null : document.querySelector(`.play[data-sound="${sound}"]`)?.closest('.clip')?.querySelector('.mel');
    if (known) item.append(element('img', { class: 'mel', src: known.src, alt: known.alt, width: 200, height: 80 }));
    const role = element('p', { class: 'role' }, element('bdi', {}, run.words[said]));
    if (said !== heard) role.append(' ', element('span', { class: 'wrong' }, 'heard as ', element('bdi', {}, run.words[heard])));
    item.append(role, element('p', { class: 'file' }, element('bdi', {}, name)));
    const about = element('p', { class: 'quiet' });
    if (speaker !== null) about.append('speaker ', element('bdi', {}, speaker), ', ');
    about.append(`score ${score.toFixed(2)}`);
    item.append(about);
    if (sound === null) item.append(element('p', { class: 'quiet' }, 'The page does not hold its sound.'));
    else item.append(element('button', { type: 'button', class: 'play', 'data-sound': sound, 'data-name': name, 'aria-label': `Play ${name}` }, '▶ Play'));
    return item;
  }

  // --- confusion matrix: a cell lists its clips ---
  for (const matrix of document.querySelectorAll('.matrix')) {
    matrix.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      for (const other of matrix.querySelectorAll('[aria-pressed]')) other.removeAttribute('aria-pressed');
      button.setAttribute('aria-pressed', 'true');
      const run = runs[button.dataset.run], said = Number(button.dataset.said), heard = Number(button.dataset.heard);
      const list = element('ul', { class: 'clips' });
      for (const clip of run.clips) if (clip[SAID] === said && clip[HEARD] === heard) list.append(card(run, clip));
      const title = element('h4', {}, element('bdi', {}, run.words[said]), ' taken for ', element('bdi', {}, run.words[heard]));
      document.getElementById(button.getAttribute('aria-controls')).replaceChildren(title, list);
    });
  }

  // --- maps ---
  for (const map of document.querySelectorAll('.map')) explore(map, runs[map.dataset.run]);

  function explore(map, run) {
    const shown = new Set(run.words.keys());
    const views = [...map.querySelectorAll('.view')].map((figure, i) => view(figure, run.maps[i]));
    const panel = map.querySelector('.chosen-clip');
    let chosen = -1;

    function choose(i) {
      chosen = i;
      for (const one of views) one.ring('choice', i);
      panel.replaceChildren(element('ul', { class: 'clips' }, card(run, run.clips[i])));
    }

    function view(figure, places) {
      const plot = figure.querySelector('.plot'), svg = plot.querySelector('svg'), tip = plot.querySelector('.tip');
      const rings = {};

      function ring(kind, i) {
        rings[kind] ??= svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'circle'));
        rings[kind].setAttribute('class', kind);
        rings[kind].setAttribute('r', i < 0 ? 0 : 9);
        if (i < 0) return;
        rings[kind].setAttribute('cx', places.x[i]);
        rings[kind].setAttribute('cy', places.y[i]);
      }

      // The shown point for which a cost is least; -1 where it is infinite for all.
      function best(cost) {
        let found = -1, least = Infinity;
        for (let i = 0; i < run.clips.length; i++) {
          if (!shown.has(run.clips[i][SAID])) continue;
          const own = cost(places.x[i], places.y[i], i);
          if (own < least) [found, least] = [i, own];
        }
        return found;
      }

      function under(event) {
        const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
        const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
        const reach = Math.max(REACH, 16 * scale);
        return best((px, py) => {
          const distance = Math.hypot(px - x, py - y);
          return distance > reach ? Infinity : distance;
        });
      }

      function hint(i) {
        ring('hover', i);
        tip.hidden = i < 0;
        if (i < 0) return;
        const clip = run.clips[i];
        const errs = clip[SAID] === clip[HEARD] ? '' : `, heard as ${run.words[clip[HEARD]]}`;
        const doubt = ['', ' (outlier)', ' (probably mislabelled)'][run.marks[i]];
        tip.replaceChildren(element('bdi', {}, `${run.words[clip[SAID]]}${errs}${doubt}`), element('br'), element('bdi', {}, clip[NAME]));
        const left = places.x[i] / svg.viewBox.baseVal.width, top = places.y[i] / svg.viewBox.baseVal.height;
        tip.style.left = left < .6 ? `calc(${100 * left}% + 12px)` : 'auto';
        tip.style.right = left < .6 ? 'auto' : `calc(${100 - 100 * left}% + 12px)`;
        tip.style.top = `${100 * top}%`;
      }

      function step(dx, dy) {
        if (chosen < 0 || !shown.has(run.clips[chosen][SAID])) return best((x, y) => Math.hypot(x - svg.viewBox.baseVal.width / 2, y - svg.viewBox.baseVal.height / 2));
        const x0 = places.x[chosen], y0 = places.y[chosen];
        // The nearest one within 45° of the way that the key points.
        const found = best((x, y, i) => {
          const along = (x - x0) * dx + (y - y0) * dy, aside = Math.abs((x - x0) * dy - (y - y0) * dx);
          return i === chosen || along <= 0 || aside > along ? Infinity : along + 2 * aside;
        });
        return found < 0 ? chosen : found;
      }

      plot.addEventListener('pointermove', event => hint(under(event)));
      plot.addEventListener('pointerleave', () => hint(-1));
      plot.addEventListener('click', event => {
        const i = under(event);
        if (i < 0) return;
        choose(i);
        hear();
      });
      plot.addEventListener('keydown', event => {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (way) {
          const i = step(...way);
          if (i >= 0) choose(i);
        } else if (event.key === 'Enter' || event.key === ' ') hear();
        else return;
        event.preventDefault();
      });
      return { ring };
    }

    function hear() {
      if (chosen < 0) return;
      const clip = run.clips[chosen];
      if (clip[SOUND] === null) return;
      play(clip[SOUND], clip[NAME]);
      mark(panel.querySelector('.play'));
    }

    function filter() {
      for (const path of map.querySelectorAll('.plot path')) path.style.display = shown.has(Number(path.dataset.word)) ? '' : 'none';
      for (const ring of map.querySelectorAll('[data-ring]')) ring.style.display = shown.has(Number(ring.dataset.ring)) ? '' : 'none';
      for (const label of map.querySelectorAll('[data-label]')) label.style.display = shown.has(Number(label.dataset.label)) ? '' : 'none';
      for (const button of map.querySelectorAll('.legend [data-word]')) button.setAttribute('aria-pressed', shown.has(Number(button.dataset.word)));
    }

    map.querySelector('.legend').addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      if (button.dataset.all === 'show') run.words.forEach((_, i) => shown.add(i));
      else if (button.dataset.all === 'hide') shown.clear();
      else if (!shown.delete(Number(button.dataset.word))) shown.add(Number(button.dataset.word));
      filter();
    });

    map.querySelector('.tabs')?.addEventListener('click', event => {
      const tab = event.target.closest('button');
      if (!tab) return;
      for (const other of tab.parentElement.children) other.setAttribute('aria-pressed', other === tab);
      for (const figure of map.querySelectorAll('.view')) figure.hidden = figure.dataset.view !== tab.dataset.view;
    });
  }
})();
