/** On the page: what a class comes to, as a file that the browser keeps. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COURSE } from '../../board/people.ts';
import { pages } from './browser.ts';
import { scriptedHost } from './scripted-host.ts';

const web = pages();

test('a page, a table, and what a gradebook wants, each as a download of its own name', async () => {
  const host = await scriptedHost({ course: COURSE, page: web.folder, notes: {}, shared: {} });
  const { page, faults } = await web.open(host.port);
  await page.getByRole('tab', { name: /Run/ }).click();
  const got = async (press: () => Promise<void>): Promise<[string, string]> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
  };
  expect(await got(() => page.getByRole('button', { name: 'As a page' }).click())).toEqual([
    'class-html.txt',
    'as html',
  ]);
  await page.getByLabel('For a gradebook or a program').selectOption('canvas');
  expect(await got(() => page.getByRole('button', { name: 'Get it' }).click())).toEqual([
    'class-canvas.txt',
    'as canvas',
  ]);
  // The same once more is another download.
  expect(await got(() => page.getByRole('button', { name: 'Get it' }).click())).toEqual([
    'class-canvas.txt',
    'as canvas',
  ]);
  expect(faults).toEqual([]);
  await host.stop();
});
