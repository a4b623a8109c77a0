/** The map for the projector in a browser: what is presented fills the screen at any size, and nothing of a learner is on it. */
import { expect, test } from 'vitest';
import type { ShownMap } from '../../../src/board/shown-map.ts';
import { diffNetworks } from '../../../src/map/diff.ts';
import type { Network } from '../../../src/map/model.ts';
import { COURSE } from '../../board/people.ts';
import { type Fixture, networkNamed } from '../../map/fixture.ts';
import { pages } from './browser.ts';
import { fillClass } from './class.ts';
import { KEY, scriptedHost } from './scripted-host.ts';

const web = pages();

interface Filled {
  across: number;
  down: number;
  inside: boolean;
  scrolls: boolean;
}
/** In the browser: how much of the window the picture takes. */
const FILLED = `(() => {
  const boxes = [...document.querySelector('svg').children].map((one) => one.getBoundingClientRect());
  const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
  return {
    across: (right - left) / innerWidth,
    down: (bottom - top) / innerHeight,
    inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    scrolls: document.documentElement.scrollHeight > innerHeight,
  };
})()`;

const LESSON = '02-cable';
const mapOf = (after: Fixture, before: Fixture = after): ShownMap => ({
  lesson: LESSON,
  network: networkNamed(after),
  changes: diffNetworks(networkNamed(before), networkNamed(after)).changes,
});

async function setUp(hash: string, options: Parameters<typeof web.open>[1] = {}) {
  const host = await scriptedHost({
    course: COURSE,
    page: web.folder,
    invitation: { code: 'K7QM4-T9XWB-3HPDT', address: '192.0.2.7', places: true },
  });
  fillClass(host);
  const opened = await web.open(host.port, options, KEY, 'http', { more: hash });
  return { host, ...opened, [Symbol.asyncDispose]: host.stop };
}

test('the map has a button and an address of its own, comes by itself, and goes with its presenter', async () => {
  await using setting = await setUp('');
  const { host, page, faults } = setting;
  await page.getByRole('button', { name: 'Map' }).click();
  await page.getByText('Nobody presents just now.').waitFor();
  expect(new URL(page.url()).hash).toBe('#map');
  host.show(mapOf('cable-two'));
  await page.getByRole('img', { name: /^Map\. .*client/ }).waitFor();
  await page.reload();
  await page.getByRole('img', { name: /^Map\. .*client/ }).waitFor();
  expect(await page.locator('.band').count()).toBe(0);
  host.show(mapOf('cable', 'cable-two'));
  await page.locator('svg text', { hasText: '10.0.0.11/24' }).first().waitFor();
  expect(await page.locator('.band.added').count()).toBeGreaterThan(2);
  host.show(undefined);
  await page.getByText('Nobody presents just now.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Hands (2)' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  await page.goBack().catch(() => {});
  expect(faults).toEqual([]);
});

test('at any size it fills the screen, with everything on it, in as many columns as fit', async () => {
  await using setting = await setUp('/map');
  const { host, page } = setting;
  for (const [width, height, fixture] of [
    [1920, 1080, 'way-out'],
    [1280, 720, 'cable'],
    [3840, 2160, 'three-hosts'],
    [600, 1000, 'bridge-three'],
  ] as const) {
    await page.setViewportSize({ width, height });
    host.show(mapOf(fixture));
    const last = networkNamed(fixture).hosts.at(-1)!.spaces.at(-1)!.interfaces.at(-1)!.name;
    await page.locator('svg text', { hasText: last }).first().waitFor();
    // Of the picture itself, not of its element: the one may stand in the middle of the other.
    const filled = await page.evaluate<Filled>(FILLED);
    expect(filled, fixture).toMatchObject({ inside: true, scrolls: false });
    expect(Math.max(filled.across, filled.down), fixture).toBeGreaterThan(0.75);
    const picture = process.env.PICTURES;
    if (picture) await page.screenshot({ path: `${picture}/${width}x${height}.png` });
  }
});

test('what the class must know is in its corners; no name, no answer and no question of a learner', async () => {
  await using setting = await setUp('/map');
  const { host, page } = setting;
  const say = (event: Parameters<typeof host.tell>[1]) => host.tell('l0', event);
  host.show(mapOf('bridge', 'bridge-one'));
  await page.getByText('wirebook class join 192.0.2.7 K7QM4-T9XWB-3HPDT').waitFor();
  await page.getByText('http://192.0.2.7:8443/join').waitFor();
  host.instruct({ type: 'where', place: { lesson: LESSON, step: 2 } });
  host.instruct({ type: 'announced', id: 'a', text: 'Break until ten.' });
  host.instruct({ type: 'timer', label: 'Exercise', durationMs: 300_000 });
  host.instruct({ type: 'poll-opened', id: 'p', question: 'Who answers?', choices: ['client', 'server'] });
  say({ type: 'vote', poll: 'p', choice: 1 });
  await page.getByText('Break until ten.').waitFor();
  await page.getByText(/^4:5\d$/).waitFor();
  await page.getByText('Who answers?').waitFor();
  await page.getByText('1 vote').waitFor();
  await page.getByRole('heading', { name: 'Lay the cable' }).waitFor();
  const text = await page.locator('body').innerText();
  for (const { name } of host.book.learners()) expect(text).not.toContain(name);
  expect(text).not.toContain('Why does the ping');
  const picture = process.env.PICTURES;
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    if (picture) await page.screenshot({ path: `${picture}/corners-${scheme}.png` });
  }
  await page.keyboard.press('j');
  await page.getByText('wirebook class join').waitFor({ state: 'detached' });
});

test('a followed packet is on it, where the presenter is with it', async () => {
  await using setting = await setUp('/map');
  const { host, page } = setting;
  const hop = {
    space: 'host/client',
    interface: 'veth-client',
    place: 'client',
    packet: 'ICMP echo request 1  10.0.0.11 → 10.0.0.12',
    answer: false,
    says: ['leaves by', ' ', 'veth-client'],
    tone: 'seen',
    at: 1,
    of: 6,
  } as const;
  host.show({ ...mapOf('cable'), hop });
  await page.getByText('hop 2 of 6').waitFor();
  await page.getByText('client: leaves by veth-client').waitFor();
  expect(await page.locator('.band.hop').count()).toBe(1);
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/hop.png` });
});

test('what somebody has named things in the sandbox stays text', async () => {
  await using setting = await setUp('/map');
  const { host, page, faults } = setting;
  const hostile = '</text><img src=x onerror=alert(1)>';
  const network = JSON.parse(
    JSON.stringify(networkNamed('cable'))
      .replaceAll('veth-client', hostile)
      .replaceAll('server', '\u202e\\u001b[31mred'),
  ) as Network;
  host.show({ lesson: LESSON, network, changes: [], hop: undefined });
  await page.locator('svg text', { hasText: 'onerror' }).first().waitFor();
  expect(await page.locator('img[src]').count()).toBe(0);
  const text = await page.locator('svg').textContent();
  expect(text).not.toMatch(/[\x1b\u202e]/);
  host.show({ lesson: LESSON, failure: hostile, changes: [] });
  await page.getByText(`The network could not be looked at: ${hostile}`).waitFor();
  host.show({ lesson: LESSON, tooLarge: true, changes: [] });
  await page.getByText('The network is too large to be shown here.').waitFor();
  expect(faults).toEqual([]);
});
