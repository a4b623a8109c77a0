/**
 * What a page with a packet's walk runs: buttons and keys that go from hop to hop, by hand or by themselves. It reads the
 * page alone; the page's policy lets this very text run and no other.
 */
import { createHash } from 'node:crypto';

export const PACKET_SCRIPT = `
'use strict';
for (const section of document.querySelectorAll('.packet')) {
  const words = section.dataset;
  const rows = [...section.querySelectorAll('.hop')];
  const ports = [...section.querySelectorAll('.port')];
  if (rows.length === 0) continue;
  const bar = document.createElement('p');
  bar.className = 'controls';
  const button = (label, press) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', press);
    bar.append(made);
    return made;
  };
  const count = document.createElement('span');
  count.setAttribute('role', 'status');
  let at = -1;
  let timer;
  const show = (next) => {
    at = Math.max(0, Math.min(rows.length - 1, next));
    for (const [index, row] of rows.entries()) {
      row.classList.toggle('here', index === at);
      if (index === at) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    }
    const wanted = rows.slice(0, at + 1).findLast((row) => row.dataset.port !== undefined);
    for (const [index, port] of ports.entries())
      port.classList.toggle('here', wanted !== undefined && index === Number(wanted.dataset.port));
    count.textContent = words.hop.replace('{at}', at + 1).replace('{of}', rows.length);
    rows[at].scrollIntoView({ block: 'nearest' });
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = words.play;
  };
  const start = () => {
    if (at >= rows.length - 1) at = -1;
    play.textContent = words.pause;
    show(at + 1);
    timer = setInterval(() => (at < rows.length - 1 ? show(at + 1) : stop()), 1200 / Number(speed.value));
  };
  const step = (by) => {
    stop();
    show(at + by);
  };
  button(words.back, () => step(-1));
  button(words.next, () => step(1));
  const play = button(words.play, () => (timer === undefined ? start() : stop()));
  const label = document.createElement('label');
  const speed = document.createElement('select');
  for (const times of [0.5, 1, 2, 4]) {
    const option = document.createElement('option');
    option.value = String(times);
    option.textContent = times + '×';
    option.selected = times === 1;
    speed.append(option);
  }
  speed.addEventListener('change', () => {
    if (timer === undefined) return;
    stop();
    start();
  });
  label.append(words.speed + ' ', speed);
  bar.append(label, count);
  const stage = section.querySelector('.stage');
  stage.classList.add('walked');
  stage.append(bar);
  section.tabIndex = 0;
  section.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.target === speed || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(by);
  });
}
`;

/** For the policy: the hash of what stands between the tags. */
export const PACKET_SCRIPT_HASH = `sha256-${createHash('sha256').update(PACKET_SCRIPT).digest('base64')}`;
