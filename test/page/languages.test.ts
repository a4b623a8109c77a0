/** Every language that Wirebook speaks is spoken everywhere, by each of the names that it is asked for. */
import { expect, test } from 'vitest';
import { exportWords } from '../../src/export/words.ts';
import { LANGUAGES, languageOf } from '../../src/lib/languages.ts';
import { MAP_WORDS, mapWords } from '../../src/map/words.ts';
import { commandSay, drillTongue, helpTongue } from '../../src/page/said/command.ts';
import { boardWords } from '../../src/page/words/board/choose.ts';
import { chooseWords } from '../../src/page/words/choose.ts';
import { OFFER } from '../../src/page/words/offer/choose.ts';

test.each([
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['ZH_cn.UTF-8', 'zh-CN'],
  ['zh-Hans-CN', 'zh-CN'],
  ['en_GB.UTF-8@euro', 'en'],
  ['C.UTF-8', undefined],
  ['POSIX', undefined],
  ['tlh', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j is %j', (tag, language) => expect(languageOf(tag)).toBe(language));

test.each(LANGUAGES)(
  '%s is spoken by the notebook, by commands, in help, in drills, on boards and in exports',
  async (tag) => {
    const locale = { LANG: `${tag.replace('-', '_')}.UTF-8` };
    expect((await chooseWords(tag, {})).name).toBe(tag);
    expect((await chooseWords(undefined, locale)).name).toBe(tag);
    expect((await drillTongue(tag, {})).language).toBe(tag);
    expect(boardWords(tag).name).toBe(tag);
    expect(exportWords(tag).name).toBe(tag);
    expect(mapWords(tag)).toBe(MAP_WORDS[tag]);
    const speaks = [
      await commandSay(tag, {}),
      (await helpTongue(tag, {})).say,
      (await chooseWords(tag, {})).say,
    ];
    for (const say of speaks) {
      const said = say('What to do:');
      if (tag === 'en') expect(said).toBe('What to do:');
      // What no table knows stays as it was said, in every language.
      expect(say('Quux frobnicates!')).toBe('Quux frobnicates!');
    }
  },
);

/** Of a language that was copied from another and not translated yet. */
test('no two languages have the same words', async () => {
  const titles = LANGUAGES.map((tag) => [
    OFFER[tag].page.title,
    boardWords(tag).language,
    MAP_WORDS[tag].title,
  ]);
  for (const at of [0, 1, 2]) expect(new Set(titles.map((one) => one[at])).size).toBe(LANGUAGES.length);
});
