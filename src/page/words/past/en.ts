/** What has become of what was done in a shell, or in an earlier sandbox. */
export const pastEn = {
  /** In place of how the sandbox does. */
  catchingUp: 'doing again what you did',
  queued: 'What you had done is being done again; the cell runs then. x stops that.',
  byHand: 'Done in a shell.',
  /** Done in a shell, and this is another sandbox. */
  byHandAgain:
    'Done in a shell. In this new sandbox the author’s solution has done it once more, not your commands.',
  commandsAgain: 'Done in a shell. In this new sandbox your commands were run again.',
  /** Begun in a shell, not done. */
  begunAgain: 'What you had begun in a shell was run again in this new sandbox.',
  left: (commands: string) => `Not run again: ${commands}.`,
  differs: (commands: string) => `Ended otherwise than before: ${commands}.`,
  more: (n: number) => `${n} more`,
  byHandGone:
    'What you had done in a shell went with the old sandbox: do it once more there, or write it here.',
  /** Why a cell's last run, of an earlier sandbox, was not done again in this one. */
  notRepeated: {
    interrupted: 'Your last run was interrupted, so it was not repeated in this new sandbox. Run it again.',
    timeout:
      'Your last run went over its time limit, so it was not repeated in this new sandbox. Run it again.',
    'output-limit':
      'Your last run printed too much, so it was not repeated in this new sandbox. Run it again.',
    ended: 'It was running when the old sandbox ended, so it was not repeated in this new one. Run it again.',
    unknown: 'What you did up to here is not known any more, so it was not repeated. Run it again.',
  },
};

export type PastWords = typeof pastEn;
