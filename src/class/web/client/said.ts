/** What checks say in English, in Chinese: a file of its own, for those who read Chinese alone. */
export { sayInChinese } from '../../../page/said/zh-CN.ts';
