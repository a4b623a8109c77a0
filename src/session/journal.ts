/** The journal's front door: where it lies, opening it. The parts are in journal/. */
export { Journal, type JournalOptions, openJournal } from './journal/journal.ts';
export { answersPath, courseKey, journalPath } from './journal/names.ts';
