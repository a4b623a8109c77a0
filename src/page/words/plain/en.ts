/** The words of the plain mode, in English. */
import { count } from '../count.ts';

export const plainEn = {
  commands: 'Commands',
  prompt: 'wirebook> ',
  answerHow: 'Write your commands; a line with only a dot ends them.',
  unknown: (word: string) => `There is no command ${word}; help lists them.`,
  notNow: 'This does not fit here.',
  noTerminal: 'A shell needs a terminal.',
  atEnd: 'This is the end of the lesson.',
  openFirst: 'No lesson is open; open N opens one.',
  noSuchLesson: (word: string) => `There is no lesson ${word}.`,
  noSuchStep: (word: string) => `There is no step ${word}; steps lists them.`,
  before: (n: number) =>
    `${count(n, 'cell')} before it ${n === 1 ? 'is' : 'are'} not done; runto runs ${n === 1 ? 'it' : 'them'}.`,
  searchWhat: 'search TEXT finds text in the lesson.',
  noSuchCell: (word: string) => `There is no cell ${word}.`,
  choose: (n: number) => `choose 1 to ${n} answers.`,
  why: 'why says more.',
  someHold: (holding: number, all: number) => `${holding} of ${count(all, 'check')} hold; check says more.`,
  help: {
    list: 'the lessons',
    open: 'open a lesson',
    next: 'read on to the next cell',
    back: 'go to the cell before',
    show: 'show the cell again',
    steps: 'the steps of the lesson',
    word: 'what a word or a command means: word bridge; without one, those of this step',
    goto: 'go to a step: goto 3, or words of its title',
    runto: 'run the cells before this one: your answers, else the solutions',
    search: 'find text in the lesson: prose, cells, outputs',
    run: 'run the cell; with words: run these instead',
    answer: 'write the task and run it; without words: lines up to a dot',
    check: 'look at the checks again',
    hint: 'a hint',
    solution: 'the solution (ask twice)',
    choose: 'answer a question',
    why: 'expected, found and why, of failed checks',
    trace: 'what becomes of a packet of the cell’s checks, hop by hop',
    skip: 'skip the cell',
    reset: 'a fresh sandbox; reset 3: at the beginning of step 3',
    shell: 'a shell in the sandbox',
    status: 'where you are',
    quit: 'leave; your progress is kept',
  },
};

export type PlainWords = typeof plainEn;
