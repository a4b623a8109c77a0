/** What a board says of the reports that it offers. */
export const REPORT = {
  title: 'Report',
  about:
    'Attendance, results and where people gave up, so far. Results are reported by the learners’ own machines: no proof.',
  html: 'As a page',
  csv: 'As a table (CSV)',
  other: 'For a gradebook or a program',
  get: 'Get it',
  coming: 'It is being made.',
};

export const REPORT_ZH: typeof REPORT = {
  title: '报告',
  about: '到目前为止的出勤、结果，以及大家在哪里停下。结果由学员自己的机器报告，不是证明。',
  html: '网页',
  csv: '表格（CSV）',
  other: '供成绩册或程序使用',
  get: '获取',
  coming: '正在生成。',
};
