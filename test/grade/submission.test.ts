/** Submissions as learners hand them in, and as instructors find them. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSubmissions, readSubmission } from '../../src/grade/submission/find.ts';
import { readAnswers } from '../../src/grade/submission/text.ts';
import { csvText, parseCsv } from '../../src/lib/csv.ts';
import { parseRoster } from '../../src/lib/roster.ts';
import { answersMarkdown } from '../../src/session/journal/answers.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { CABLE, cable } from './lessons.ts';

const lesson = cable();
const answers = (text: string, isMarkdown = true) => {
  const read = readAnswers(lesson, text, isMarkdown);
  return read.ok ? read.answers : `${read.line}: ${read.message}`;
};

describe('Markdown', () => {
  test('that the notebook saves comes back as it was written', () => {
    const tricky = 'echo "```"\n# ### rooms\n\n  ip netns add red  \n';
    let state = initialState(lesson, 0);
    state = reduce(state, { at: 1, type: 'answer-edited', cell: 'rooms', text: tricky });
    state = reduce(state, { at: 1, type: 'answer-edited', cell: 'cable', text: 'ip link' });
    expect(answers(answersMarkdown(lesson, state)!)).toEqual({
      rooms: tricky.replace(/\n$/, ''),
      cable: 'ip link',
    });
  });
  test('that is the lesson’s own file, filled in', () => {
    const filled = CABLE.replace('# make the namespaces red and blue', 'ip netns add red');
    // The two others hold the starting text, which is no answer.
    expect(answers(filled)).toEqual({ rooms: 'ip netns add red' });
  });
  test.each([
    ['### romms\n\n```sh\nx\n```\n', '1: There is no task called romms in this lesson. Did you mean rooms?'],
    ['### rooms\n\nnothing', '1: The heading rooms has no fenced answer after it.'],
    ['### rooms\n```sh\na\n```\n\n### rooms\n```sh\nb\n```\n', '7: rooms is answered twice.'],
    [
      '### rooms\n\n```sh\nip netns add red\n',
      '3: The answer to rooms is never closed: its fence has no end.',
    ],
    ['# hello\n', '1: No answer was found: each stands in a fence after a heading `### task`.'],
  ])('with a fault is told by its line: %j', (text, message) => expect(answers(text)).toBe(message));
});

describe('a script', () => {
  test('has a mark before each step, in either form', () => {
    const text = '#!/bin/bash\n# by me\n\n### rooms\nip netns add red\n# step: cable\n\nip link\n\n';
    expect(answers(text, false)).toEqual({ rooms: 'ip netns add red', cable: 'ip link' });
  });
  test.each([
    ['ip netns add red\n### rooms\nx', '1: This stands before the first mark, so it belongs to no step.'],
    [
      'ip netns add red',
      '1: No step is marked. Write a line `### TASK` before each: rooms, cable, addresses.',
    ],
    ['### rooms\nx\n### rooms\ny', '3: rooms is answered twice.'],
    [
      '### nothing\nx',
      '1: There is no task called nothing in this lesson. There are: rooms, cable, addresses.',
    ],
  ])('with a fault is told by its line: %j', (text, message) => expect(answers(text, false)).toBe(message));
});

describe('CSV', () => {
  test('is read as spreadsheets write it, and written as they read it', () => {
    const rows = [
      ['id', 'name'],
      ['a', 'Ada "the" L, x'],
      ['b', 'two\nlines'],
    ];
    expect(parseCsv(csvText(rows))).toEqual(rows);
    expect(parseCsv('\ufeffid;name\r\na;"x;y"\r\n\r\n')).toEqual([
      ['id', 'name'],
      ['a', 'x;y'],
    ]);
  });
  test('never holds a formula', () => {
    for (const evil of ['=1+1', '+cmd|x', '-2+3', '@sum', '\tx'])
      expect(parseCsv(csvText([[evil]]))[0]![0]).toMatch(/^'/);
    expect(csvText([['-3.5', '-', '12']])).toBe('-3.5,-,12\r\n');
  });
});

describe('a roster', () => {
  const roster = parseRoster('r.csv', 'username,First name,Surname,file\nal,Ada,Lovelace,\nbo,Bo,Ek,team7\n');
  test('knows learners by id, name, alias, and the way Moodle names folders', () => {
    const ids = ['al', 'ADA Lovelace', 'team7', 'Bo Ek_4711_assignsubmission_file'].map(
      (one) => roster.find(one)?.id,
    );
    expect(ids).toEqual(['al', 'al', 'bo', 'bo']);
    expect(roster.find('nobody')).toBeUndefined();
  });
  test('with a fault is refused', () => {
    expect(() => parseRoster('r.csv', 'colour\nred\n')).toThrow(/no column that names the learner/);
    expect(() => parseRoster('r.csv', 'id\na\nb\na\n')).toThrow('r.csv:4: a stands in line 2 already.');
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grade-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text = '### rooms\n```sh\nx\n```\n') => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const read = async (paths: string[], roster?: string) => {
    const places = findSubmissions(paths, 'cable', folder, roster ? parseRoster('r.csv', roster) : undefined);
    return Promise.all(places.map((place) => readSubmission(place, async () => lesson)));
  };

  test('of learners: files, folders, and what the notebook saves', async () => {
    put('subs/ada.md');
    put('subs/bo/answers.md');
    put('subs/cy.answers.md');
    put('subs/di/whatever.sh', '### rooms\nx\n');
    put('subs/.hidden.md');
    put('subs/notes.pdf');
    const all = await read(['subs'], 'id,name\ncy,Cyd Charisse\n');
    expect(all.map(({ learner }) => learner)).toEqual(['ada', 'bo', 'cy', 'di']);
    expect(all.every((one) => 'answers' in one && one.answers.rooms === 'x')).toBe(true);
    expect(all[2]!.name).toBe('Cyd Charisse');
  });
  test('is one learner’s where it holds the answers itself', async () => {
    put('eve/cable.answers.md');
    put('eve/readme.md', 'hello');
    expect(await read(['eve'])).toMatchObject([{ learner: 'eve', answers: { rooms: 'x' } }]);
  });
  test('with something that is no submission: that one is refused, the others are read', async () => {
    put('subs/ada.md');
    put('subs/bo/one.md');
    put('subs/bo/two.md');
    put('subs/cy.md', '### what\n');
    mkdirSync(join(folder, 'subs/di'));
    symlinkSync('/etc/passwd', join(folder, 'subs/eve.md'));
    const all = await read(['subs']);
    expect(all.map((one) => ('refused' in one ? one.refused : 'read'))).toEqual([
      'read',
      'The folder holds several submissions: one.md, two.md.',
      'cy.md:1: There is no task called what in this lesson. There are: rooms, cable, addresses.',
      'The folder holds no .md, .sh, .zip or .wirebook file.',
      'It is a symbolic link, which is not followed.',
    ]);
  });
  test('with two submissions of one learner, or none at all, is refused before anything runs', () => {
    put('subs/ada.md');
    put('more/ada.sh');
    mkdirSync(join(folder, 'empty'));
    expect(() => findSubmissions(['subs', 'more'], 'cable', folder)).toThrow(/ada has two submissions/);
    expect(() => findSubmissions(['empty'], 'cable', folder)).toThrow(/No submission was found/);
    expect(() => findSubmissions(['nowhere'], 'cable', folder)).toThrow(/nowhere is not there/);
    const long = 'x'.repeat(300);
    expect(() => findSubmissions([long], 'cable', folder)).toThrow(
      /x cannot be read: its path is too long\.$/,
    );
  });
});
