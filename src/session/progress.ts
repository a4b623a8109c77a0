/** Progress for the course list, without opening a session. */
export { journalPath } from './journal/names.ts';
export { type Progress, readProgress, readSeed } from './journal/progress.ts';
