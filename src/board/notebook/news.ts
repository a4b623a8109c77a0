/** What is new between two states of the class, as one learner is told: a line each, the most important last. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import { harmless } from '../../lib/text.ts';
import type { ClassWords } from '../../page/words/class/en.ts';
import type { ClassMessage, ClassroomState } from '../classroom.ts';
import { clock } from '../view/time.ts';
import { openTo, stepNumber } from './pace.ts';

const oneLine = (text: string) => harmless(text.replace(/\s+/g, ' ').trim());

function messageNews(message: ClassMessage, { notice, messages }: ClassWords): string {
  const text = oneLine(message.text);
  return notice[message.kind](text === '' ? messages.answered : text);
}

function paceNews(
  before: ClassroomState,
  now: ClassroomState,
  lesson: Lesson | undefined,
  words: ClassWords,
) {
  const { notice } = words;
  if (JSON.stringify(before.pace) === JSON.stringify(now.pace)) return [];
  if (now.pace.mode === 'following') return [notice.following];
  if (now.pace.mode === 'free') return [notice.free];
  const last = lesson && openTo(now, lesson);
  if (!lesson || last === undefined) return [];
  return last < 0
    ? [notice.closed]
    : [notice.opened(stepNumber({ lesson: lesson.id, step: last }, now.course))];
}

function connectionNews(before: ClassroomState, now: ClassroomState, { notice, refused }: ClassWords) {
  const { connection } = now;
  if (connection.state === before.connection.state) {
    const strange = connection.state === 'alone' && connection.certificate;
    return strange && !('certificate' in before.connection) ? [notice.certificate] : [];
  }
  if (connection.state === 'connected') return [notice.back];
  if (connection.state === 'alone') return [connection.certificate ? notice.certificate : notice.alone];
  return [connection.because === 'ended' ? notice.ended : refused[connection.because]];
}

export function newsBetween(
  before: ClassroomState,
  now: ClassroomState,
  lesson: Lesson | undefined,
  words: ClassWords,
  at: number,
): string[] {
  const { notice } = words;
  const news = [...connectionNews(before, now, words), ...paceNews(before, now, lesson, words)];
  if (before.hand && !now.hand) news.push(notice.handLowered);
  if (now.poll?.open && now.poll.id !== before.poll?.id) news.push(notice.pollOpened);
  if (now.poll?.votes && !before.poll?.votes) news.push(notice.pollShared);
  const { timer } = now;
  if (timer && Math.abs(timer.endsAt - (before.timer?.endsAt ?? 0)) > 2000)
    news.push(notice.timer(oneLine(timer.label), clock(timer.endsAt - at)));
  const known = new Set(before.messages.map(({ id, at }) => `${id} ${at}`));
  for (const message of now.messages)
    if (!known.has(`${message.id} ${message.at}`)) news.push(messageNews(message, words));
  return news;
}

/** Hints for this lesson by the cell that they speak of. */
export function pushedHints(
  { messages }: Pick<ClassroomState, 'messages'>,
  lesson: string,
): Readonly<Record<string, readonly string[]>> {
  const hints: Record<string, string[]> = {};
  for (const message of messages) {
    if (message.kind !== 'hint' || message.lesson !== lesson || message.cell === undefined) continue;
    hints[message.cell] = [...(hints[message.cell] ?? []), message.text];
  }
  return hints;
}
