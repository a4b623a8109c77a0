import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../src/class/host/certificate/make.ts';
import { cell } from '../../board/a-class.ts';
import { again, Board, CERTIFICATE, connected, type Held, hold, joined, newLearner } from './a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());
const port = () => held.served.port;

describe('a learner', () => {
  test('joins, says something that is heard, and is seen on the board', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Ada');
    expect(ada.welcome).toMatchObject({
      name: 'Ada',
      heard: 0,
      hand: false,
      class: { title: 'Monday', present: 1 },
    });
    expect(ada.welcome.course.title).toBe('Cables');
    ada.client.say(cell('01-veth', 'make', 'passed'));
    expect((await ada.client.next('heard')).n).toBe(1);
    const { rows } = await board.until(({ rows }) => rows[0]?.points === 3);
    expect(rows[0]).toMatchObject({
      name: 'Ada',
      status: 'working',
      cells: { '01-veth/make': { status: 'passed' } },
    });
  });

  test('comes back as who they were, with what they had not seen', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Ada');
    board.client.say({ type: 'announced', id: 'a', text: 'Break' });
    expect(await ada.client.next('news')).toMatchObject({ seq: 1, news: { text: 'Break' } });
    ada.client.say({ type: 'hand', up: true });
    await ada.client.next('heard');
    ada.client.close();
    await board.until(({ rows }) => rows[0]?.status === 'away');
    board.client.say({ type: 'hint', id: 'h', to: ada.id, text: 'Look at the mask' });
    await board.client.next('heard', ({ n }) => n === 2);
    const back = await connected(port(), again(ada.id, ada.token, { seen: 1 }));
    expect(await back.next('welcome')).toMatchObject({ learner: ada.id, heard: 1, hand: true });
    expect(await back.next('news')).toMatchObject({ seq: 2, news: { text: 'Look at the mask' } });
    await board.until(({ rows }) => rows[0]?.status === 'working');
  });

  test('whose welcome was lost gets the place that they have', async () => {
    const hello = newLearner('Ada');
    const first = await connected(port(), hello);
    const { learner } = (await first.next('welcome')) as never as { learner: string };
    const second = await connected(port(), hello);
    expect(await second.next('welcome')).toMatchObject({ learner });
    expect(await first.refused()).toBe('elsewhere');
  });

  test('says again what was not heard, and it counts once', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Ada');
    ada.client.say({ type: 'question', id: 'q1', text: 'One?' });
    ada.client.say({ type: 'question', id: 'q2', text: 'Two?' });
    await ada.client.next('heard', ({ n }) => n === 2);
    ada.client.say({ type: 'question', id: 'q1', text: 'One?' }, 1);
    expect((await ada.client.next('heard')).n).toBe(2);
    ada.client.say({ type: 'question', id: 'q3', text: 'Three?' }, 3);
    const { questions } = await board.until(({ questions }) => questions.length === 3);
    expect(questions.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3']);
  });

  test('who leaves out a number is let go, and nothing of it is kept', async () => {
    const ada = await joined(port(), 'Ada');
    ada.client.say({ type: 'hand', up: true }, 2);
    await ada.client.closed;
    const back = await connected(port(), again(ada.id, ada.token));
    expect(await back.next('welcome')).toMatchObject({ heard: 0, hand: false });
  });

  test('whose clock is wrong stands at the right time all the same', async () => {
    const hour = 3600_000;
    const hello = newLearner('Ada', { clock: Date.now() + 5 * hour });
    const client = await connected(port(), hello);
    const { learner } = (await client.next('welcome')) as never as { learner: string };
    // Said without connection, a minute before, by that clock.
    client.send({
      type: 'say',
      n: 1,
      at: Date.now() + 5 * hour - 60_000,
      event: cell('01-veth', 'make', 'failed'),
    });
    await client.next('heard');
    const { stuckOn } = held.served.book.row(learner, Date.now());
    expect(Date.now() - stuckOn!.since).toBeGreaterThan(55_000);
    expect(Date.now() - stuckOn!.since).toBeLessThan(120_000);
  });
});

test('a host that starts again knows all that was heard; everybody comes back', async () => {
  const ada = await joined(port(), 'Ada');
  ada.client.say(cell('01-veth', 'make', 'passed'));
  await ada.client.next('heard');
  const board = await Board.open(port());
  board.client.say({ type: 'pace', pace: { mode: 'following' } });
  await board.client.next('heard');
  await held.again();
  expect(await ada.client.closed).toBe(1001);
  const back = await connected(port(), again(ada.id, ada.token));
  expect(await back.next('welcome')).toMatchObject({
    name: 'Ada',
    heard: 1,
    class: { pace: { mode: 'following' } },
  });
  const later = await Board.open(port(), 'x');
  expect(later.state.rows).toMatchObject([{ points: 3 }]);
});

describe('what is shared', () => {
  test('is looked at only as long as they agree', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Ada', {
      consent: { progress: true, outputs: true, transcript: false },
    });
    const look = async () => {
      board.client.send({ type: 'look', learner: ada.id, lesson: '01-veth', cell: 'make' });
      return board.client.next('cell');
    };
    ada.client.say({ type: 'output', lesson: '01-veth', cell: 'make', text: 'ip link', output: '1: lo' });
    await ada.client.next('heard');
    expect(await look()).toMatchObject({ agreed: true, text: 'ip link', output: '1: lo' });
    ada.client.say({ type: 'consent', consent: { progress: true, outputs: false, transcript: false } });
    await ada.client.next('heard');
    expect(await look()).toEqual({
      type: 'cell',
      learner: ada.id,
      lesson: '01-veth',
      cell: 'make',
      agreed: false,
    });
    // Said all the same: it is not kept, and what comes after it is.
    ada.client.say({ type: 'output', lesson: '01-veth', cell: 'make', text: 'secret', output: 'secret' });
    expect(await ada.client.refused()).toBe('not-agreed');
    ada.client.say({ type: 'hand', up: true });
    expect((await ada.client.next('heard', ({ n }) => n === 4)).n).toBe(4);
    expect(await look()).toMatchObject({ agreed: false });
  });

  test('shells of their own are looked at only by agreement to them, and nothing is left when it is taken back', async () => {
    const board = await Board.open(port());
    const look = async (learner: string) => {
      board.client.send({ type: 'look', learner, lesson: '01-veth', cell: '' });
      return board.client.next('cell');
    };
    const typed = (text: string) => ({ type: 'transcript', lesson: '01-veth', text }) as const;
    // Who agreed to outputs has not agreed to shells.
    const bob = await joined(port(), 'Bob of cells', {
      consent: { progress: true, outputs: true, transcript: false },
    });
    bob.client.say(typed('secret'));
    expect(await bob.client.refused()).toBe('not-agreed');
    await bob.client.next('heard');
    const nothing = { type: 'cell', lesson: '01-veth', cell: '', agreed: false };
    expect(await look(bob.id)).toEqual({ ...nothing, learner: bob.id });
    const sam = await joined(port(), 'Sam of shells', {
      consent: { progress: true, outputs: false, transcript: true },
    });
    sam.client.say(typed('# ip li'));
    sam.client.say(typed('nk\n\x1b[31m1: lo\x1b[0m\x1b]0;owned\x07\x1b[2J\n'));
    await sam.client.next('heard', ({ n }) => n === 2);
    expect(await look(sam.id)).toMatchObject({ agreed: true, output: '# ip link\n1: lo\n' });
    const consent = (transcript: boolean) =>
      ({ type: 'consent', consent: { progress: true, outputs: false, transcript } }) as const;
    sam.client.say(consent(false));
    await sam.client.next('heard', ({ n }) => n === 3);
    expect(await look(sam.id)).toEqual({ ...nothing, learner: sam.id });
    sam.client.say(consent(true));
    await sam.client.next('heard', ({ n }) => n === 4);
    const again = await look(sam.id);
    expect(again.agreed).toBe(true);
    expect(again.output ?? '').toBe('');
  });
});

test('a board in this process is one as any other', async () => {
  const messages: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  const welcome = Promise.withResolvers<void>();
  const wire = held.served.connect({
    opened: () => opened.resolve(),
    message: (text) => {
      messages.push(JSON.parse(text));
      welcome.resolve();
    },
    closed: () => undefined,
  });
  await opened.promise;
  const { instructor } = await import('./a-host.ts');
  wire.send(JSON.stringify(instructor()));
  await welcome.promise;
  expect(messages[0]).toMatchObject({ type: 'welcome', board: { title: 'Monday' } });
  wire.close();
});

test('ended by the instructor, everybody knows', async () => {
  const ada = await joined(port(), 'Ada');
  const board = await Board.open(port());
  board.client.say({ type: 'class-ended' });
  expect((await ada.client.next('class', ({ class: now }) => now.ended)).class.ended).toBe(true);
  expect(await held.served.ended).toBeUndefined();
  const late = await connected(port(), newLearner('Zoe'));
  expect(await late.refused()).toBe('ended');
});

describe('the certificate', () => {
  test('is one, names its addresses, and signs itself', () => {
    const { cert } = makeCertificate(
      ['192.0.2.7', '2001:db8::1:7', '::ffff:192.0.2.1', 'class.example'],
      Date.now(),
    );
    const read = new X509Certificate(cert);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(false);
    expect(read.subjectAltName).toBe(
      'IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:1:7, IP Address:0:0:0:0:0:FFFF:C000:201, DNS:class.example',
    );
    expect(read.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now() + 300 * 24 * 3600_000);
  });
  test('is taken by who trusts it', async () => {
    const socket = connect({ host: '127.0.0.1', port: port(), ca: CERTIFICATE.cert });
    await new Promise((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });
});
