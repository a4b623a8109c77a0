/** Reports that a board offers as files; `src/class/report` writes them. Those of one learner alone are the command's to make. */
export const OFFERED = [
  'html',
  'csv',
  'json',
  'text',
  'canvas',
  'moodle',
  'lti',
  'grades',
  'grades-html',
  'grades-json',
  'ndjson',
  'junit',
  'tap',
  'github',
] as const;
export type Offered = (typeof OFFERED)[number];
