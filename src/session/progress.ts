/** Progress for the course list, without opening a session. */
export { journalPath } from './journal/names.ts';
export { readProgress, type Progress } from './journal/progress.ts';
