/** The words around a notebook that the class's host offers, in English. */
export const offerEn = {
  welcome: (title: string) => `${title}: a notebook on the class’s own machine.`,
  /** Before the notebook, which takes the whole screen. */
  back: 'Your place is kept. To come back to it, from wherever you are:',
  backByKey: 'or as you came now: your key is known here.',
  known: 'Welcome back: you go on where you were.',
  starting: 'One moment …',
  left: 'You have left the notebook; what you did is kept.',
  ended: {
    elsewhere: 'Your notebook is open elsewhere now; it goes on there.',
    gone: 'The notebook has ended; what you did is kept. Come in again to go on.',
    kept: (limit: string) =>
      `The notebook was ended: more was written to your folder than the ${limit} that there are for you.`,
    over: 'The class’s host has stopped. Come back when it is there again: what you did is kept.',
    slow: 'Nothing was read here for a long time; the notebook goes on without you for a while.',
  },
  full: (n: number) =>
    n === 1
      ? 'The one place that the host offers is taken. Try again when somebody has left, or ask the instructor.'
      : `All ${n} places that the host offers are taken. Try again when somebody has left, or ask the instructor.`,
  nameTaken: (name: string) =>
    `${name} has a place here already. Come back to it with the word that you were given, or take another name.`,
  broken: 'No place could be made on the class’s machine. Tell the instructor.',
  needsTerminal: 'There is only the notebook here, and it needs a terminal: ssh without a command.',
  page: {
    title: 'Join the class',
    code: 'The class’s code',
    name: 'Your name',
    join: 'Join',
    again: 'Go on where I was',
    other: 'I am somebody else',
    connecting: 'Connecting …',
    lost: 'The connection is lost. Trying again …',
    wrongCode: 'This is not the class’s code. Look at it once more.',
    wrongBack: 'This place is not known here any more. Join with the class’s code.',
    tooManyTries: (seconds: number) => `Too many wrong codes. Try again in ${seconds} seconds.`,
    nameNeeded: 'Say who you are: 1 to 64 characters.',
    noScript: 'This page needs JavaScript.',
    keys: 'Keys',
    terminal: 'The notebook',
    size: 'Size of the letters',
  },
};

export type OfferWords = typeof offerEn;
