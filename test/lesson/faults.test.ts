/** Every fault of a lesson, each at its exact place: «...» marks where it is told. */
import { describe, expect, test } from 'vitest';
import { expectFaults, HEAD } from './helpers/marked.ts';

const RUN = '```sh {.run #a}\ntrue\n```\n';
const expectBlock = (body: string) => `${HEAD}${RUN}\`\`\`yaml {.expect}\n${body}\n\`\`\`\n`;
const fence = (info: string, body = 'true') => `${HEAD}\`\`\`${info}\n${body}\n\`\`\`\n`;
const after = (info: string, body: string) => `${HEAD}${RUN}\`\`\`${info}\n${body}\n\`\`\`\n`;

type Case = [name: string, marked: string, codes: readonly string[], instead?: string | RegExp];

function all(cases: readonly Case[]): void {
  test.each(cases)('%s', (_name, marked, codes, instead) => {
    const [first] = expectFaults(marked, codes);
    if (instead !== undefined) expect(first!.instead).toMatch(instead);
  });
}

describe('front matter', () => {
  all([
    ['is missing', '«T»ext\n', ['no-front-matter'], /begin the file with `---`/],
    ['has no end', '«---»\ntitle: T\n', ['unclosed-front-matter'], /close it/],
    ['has no title', '«---»\nsummary: S\n---\n', ['missing-field'], 'write `title: Two'],
    ['is empty', '«---»\n---\n', ['missing-field']],
    ['is a list', '«---»\n- title\n---\n', ['bad-value']],
    ['unknown field', '---\ntitle: T\n«hots»: [a]\n---\n', ['unknown-field'], 'did you mean `hosts`?'],
    ['mistyped title is told once', '---\n«titel»: T\n---\n', ['unknown-field'], 'did you mean `title`?'],
    ['title is a number', '---\ntitle: «2026»\n---\n', ['bad-value']],
    [
      'hosts is no list',
      '---\ntitle: T\nhosts: «node»\n---\n',
      ['bad-value'],
      'write `hosts: [host, node01]`',
    ],
    ['hosts is empty', '---\ntitle: T\nhosts: «[]»\n---\n', ['bad-value']],
    ['host name', '---\ntitle: T\nhosts: [«a_b», 3x]\n---\n', ['bad-value']],
    ['host is a number', '---\ntitle: T\nhosts: [a, «3»]\n---\n', ['bad-value']],
    [
      'host field and address',
      '---\ntitle: T\nhosts:\n  - name: a\n    address: «10.0.0.1»\n  - name: b\n    «adress»: 10.0.0.2/8\n---\n',
      ['bad-value', 'unknown-field'],
    ],
    ['two hosts of one name', '---\ntitle: T\nhosts: [a, b, «a»]\n---\n', ['duplicate-host']],
    ['needs', '---\ntitle: T\nneeds: [ip, «a b»]\n---\n', ['bad-value']],
    ['lang', '---\ntitle: T\nlang: «English»\n---\n', ['bad-value']],
    ['YAML', '---\ntitle: T\n«title»: U\n---\n', ['yaml'], 'keep one of them'],
    ['unclosed bracket', '---\ntitle: T\nhosts: «[»a\n---\n', ['yaml'], 'close it with `]`'],
  ]);

  test('lang against the file’s name', () => {
    expectFaults('---\ntitle: T\nlang: «en»\n---\n', ['language-mismatch'], 'x/lesson.zh-CN.md');
  });
});

describe('fences', () => {
  all([
    ['unknown role', fence('sh {«.rnu»}'), ['unknown-role'], 'did you mean `.run`?'],
    ['role far from any', fence('sh {«.zebra»}'), ['unknown-role'], /the roles are: \.run, \.task/],
    ['no role', fence('sh «{»#a timeout=5s}'), ['no-role'], /give it one of/],
    ['role without its dot', fence('sh {«run»}'), ['no-role'], 'write `.run`'],
    ['two roles', fence('sh {.run «.task»}'), ['two-roles']],
    ['without braces', fence('sh «.run»'), ['no-braces'], 'write `{.run}`'],
    ['unclosed braces', fence('sh «{».run'), ['unclosed-attributes'], /`}`/],
    ['text after', fence('sh {.run} «title» '), ['text-after-attributes']],
    ['unknown attribute', fence('sh {.run «tiemout»=5s}'), ['unknown-attribute'], 'did you mean `timeout`?'],
    ['unknown flag', fence('sh {.run «backgruond»}'), ['unknown-attribute'], 'did you mean `background`?'],
    ['attribute of another role', fence('sh {.setup «exit»=1}'), ['unknown-attribute'], '`.setup` takes: on'],
    ['value missing', fence('sh {.run «timeout»}'), ['bad-value'], 'write `timeout=DURATION`'],
    ['value empty', fence('sh {.run «timeout=»}'), ['bad-attribute']],
    ['flag with a value', fence('sh {.run background=«yes»}'), ['bad-value']],
    ['duration', fence('sh {.run timeout=«5»}'), ['bad-value'], 'write `5s` for seconds'],
    ['no time at all', fence('sh {.run timeout=«0s»}'), ['bad-value']],
    ['exit', fence('sh {.run exit=«256»}'), ['bad-value'], /0 to 255/],
    ['points', fence('sh {.run points=«-1»}'), ['bad-value']],
    ['needs', fence('sh {.run needs=«"ip,,ping"»}'), ['bad-value']],
    ['value twice', fence('sh {.run exit=1 «exit=2»}'), ['two-values']],
    ['two ids', fence('sh {.run #a «#b»}'), ['two-ids']],
    ['id where none belongs', fence('sh {.setup «#a»}'), ['unknown-attribute']],
    ['id reserved', fence('sh {.run «#cell-3»}'), ['reserved-id']],
    ['id odd', fence('sh {.run «#-»}'), ['bad-attribute']],
    ['quote', fence('sh {.run needs=«"ip}»'), ['unclosed-quote']],
    ['host', fence('sh {.run on=«hosst»}'), ['undeclared-host'], 'did you mean `host`?'],
    [
      'host of a setup',
      fence('sh {.setup on=«web»}'),
      ['undeclared-host'],
      'declare it: `hosts: [host, web]`',
    ],
    ['language', fence('«python» {.run}'), ['unknown-language'], 'write `sh` or `bash`'],
    ['never closed', `${HEAD}«\`\`\`sh {.run}»\ntrue\n`, ['unclosed-fence']],
    ['never closed, only shown', `${HEAD}«\`\`\`»\ntrue`, ['unclosed-fence']],
    [
      'in a list',
      `${HEAD}- one\n  «\`\`\`sh {.run}»\n  true\n  \`\`\`\n`,
      ['nested-block'],
      'end the list before it',
    ],
    ['in a quotation', `${HEAD}> «\`\`\`sh {.run}»\n> true\n> \`\`\`\n`, ['nested-block']],
    ['empty cell', `${HEAD}«\`\`\`sh {.run}»\n \n\`\`\`\n`, ['empty-block']],
    ['background and terminal', fence('sh {.run background «interactive»}'), ['conflict']],
    ['background and exit', fence('sh {.run background exit=«1»}'), ['conflict']],
    ['id twice', `${HEAD}${RUN}\`\`\`sh {.run «#a»}\ntrue\n\`\`\`\n`, ['duplicate-id']],
    [
      'many at once',
      fence('«python» {.run «foo»=1 exit=«x»}'),
      ['unknown-language', 'unknown-attribute', 'bad-value'],
    ],
  ]);
});

describe('what belongs to a cell', () => {
  const alone = (role: string, body: string) => `${HEAD}«\`\`\`text {.${role}}»\n${body}\n\`\`\`\n`;
  const TASK = '```sh {.task #t}\n```\n';
  all([
    ['expect without a cell', alone('expect', '- ping: a'), ['no-cell']],
    ['output without a cell', alone('output', 'a'), ['no-cell']],
    ['hint without a cell', alone('hint', 'a'), ['no-cell']],
    ['solution without a cell', `${HEAD}«\`\`\`sh {.solution}»\na\n\`\`\`\n`, ['no-cell'], /`\.task`/],
    [
      'solution without a task',
      `${HEAD}${RUN}«\`\`\`sh {.solution}»\na\n\`\`\`\n`,
      ['solution-without-task'],
    ],
    [
      'two solutions',
      `${HEAD}${TASK}\`\`\`sh {.solution}\na\n\`\`\`\n«\`\`\`sh {.solution}»\nb\n\`\`\`\n\`\`\`yaml {.expect}\n- ping: a\n\`\`\`\n`,
      ['two-solutions'],
    ],
    [
      'task without a solution',
      `${HEAD}«\`\`\`sh {.task}»\n\`\`\`\n\`\`\`yaml {.expect}\n- ping: a\n\`\`\`\n`,
      ['no-solution'],
    ],
    [
      'task without a check',
      `${HEAD}«\`\`\`sh {.task}»\n\`\`\`\n\`\`\`sh {.solution}\na\n\`\`\`\n`,
      ['no-check'],
    ],
    [
      'hint for no check',
      after('md {.hint when=«nope»}', 'try'),
      ['unknown-check'],
      'its cell has no checks',
    ],
    [
      'hint for another check',
      `${expectBlock('- ping: a\n  id: p')}\`\`\`md {.hint when=«q»}\ntry\n\`\`\`\n`,
      ['unknown-check'],
      'its checks are: p',
    ],
    ['a heading between', `${HEAD}${RUN}## Next\n\n«\`\`\`text {.output}»\na\n\`\`\`\n`, ['far-from-cell']],
    ['empty hint', `${HEAD}${RUN}«\`\`\`md {.hint}»\n\`\`\`\n`, ['empty-block']],
    ['output that any text fits', `${HEAD}${RUN}«\`\`\`text {.output}»\n...\n\n\`\`\`\n`, ['empty-output']],
    ['output without a line', `${HEAD}${RUN}«\`\`\`text {.output}»\n\`\`\`\n`, ['empty-output']],
    ['output with a bad pattern', after('text {.output}', 'a\n«/b(/»'), ['bad-regex']],
  ]);
});

describe('expect', () => {
  all([
    ['empty', `${HEAD}${RUN}«\`\`\`yaml {.expect}»\n\`\`\`\n`, ['empty-expect']],
    ['only a comment', `${HEAD}${RUN}«\`\`\`yaml {.expect}»\n# later\n\`\`\`\n`, ['empty-expect']],
    ['empty list', `${HEAD}${RUN}«\`\`\`yaml {.expect}»\n[]\n\`\`\`\n`, ['empty-expect']],
    ['no list', expectBlock('«ping»: a\nloss: 0'), ['not-a-list'], /begin each entry with `- `/],
    ['entry is a text', expectBlock('- «ping 10.0.0.1»'), ['not-an-entry'], 'write `ping: 10.0.0.1`'],
    ['entry is a list', expectBlock('- «[ping]»'), ['not-an-entry']],
    ['entry is empty', expectBlock('- «{}»'), ['not-an-entry']],
    ['key is a list', expectBlock('- ? «[a]»\n  : b'), ['bad-key']],
    ['unknown kind', expectBlock('- «interfce»: a'), ['unknown-kind'], 'did you mean `interface`?'],
    ['kind far from any', expectBlock('- «zebra»: a'), ['unknown-kind'], /the kinds are: interface, ping/],
    [
      'kind comes later',
      expectBlock('- «state»: up\n  interface: a'),
      ['unknown-kind'],
      'put `interface:` before it',
    ],
    ['only common fields', expectBlock('- «in»: client'), ['unknown-kind']],
    [
      'unknown field',
      expectBlock('- interface: a\n  «sate»: up'),
      ['unknown-field'],
      'did you mean `state`?',
    ],
    ['value of the kind', expectBlock('- interface: a\n  mtu: «big»'), ['bad-value']],
    ['value deep inside', expectBlock('- firewall: f\n  rule: {action: drop, dport: «any»}'), ['bad-value']],
    [
      'field without a value',
      expectBlock('- interface: a\n  «state»:\n  «mtu»: ~'),
      ['empty-value', 'empty-value'],
    ],
    ['kind without a value', expectBlock('- «interface»:'), ['empty-value']],
    ['host', expectBlock('- ping: a\n  on: «web»'), ['undeclared-host']],
    [
      'within without a unit',
      expectBlock('- ping: a\n  within: «5»'),
      ['bad-value'],
      'write `within: 5s` for seconds',
    ],
    ['within', expectBlock('- ping: a\n  within: «soon»'), ['bad-value'], 'write `within: 5s`'],
    ['holds', expectBlock('- ping: a\n  holds: «5 s»'), ['bad-value'], 'write `holds: 2s`'],
    ['not', expectBlock('- ping: a\n  not: «yes»'), ['bad-value'], 'write `not: true`'],
    ['points', expectBlock('- ping: a\n  points: «-1»'), ['bad-value']],
    ['in', expectBlock('- ping: a\n  in: «a/b»'), ['bad-value']],
    ['says', expectBlock('- ping: a\n  says: «""»'), ['bad-value']],
    ['invariant', expectBlock('- ping: a\n  invariant: «1»'), ['bad-value']],
    ['id is a number', expectBlock('- ping: a\n  id: «5»'), ['bad-value'], 'write `id: cable`'],
    ['id twice', expectBlock('- ping: a\n  id: x\n- ping: b\n  id: «x»'), ['duplicate-id']],
    ['a secret without words', expectBlock('- ping: a\n  quiet: «true»'), ['quiet-without-words']],
    ['key twice', expectBlock('- ping: a\n  «ping»: b'), ['yaml'], 'keep one of them'],
    ['tab', expectBlock('- ping: a\n«\t»loss: 0'), ['yaml'], 'write blanks'],
    ['two colons', expectBlock('- ping: «a: b»'), ['yaml'], "quote the value, 'a: b'"],
    ['two documents', expectBlock('- ping: a\n«---»\n- ping: b'), ['yaml']],
    ['unknown tag', expectBlock('- ping: «!x» a'), ['yaml']],
    ['alias of nothing', expectBlock('«-» ping: *x'), ['yaml']],
    [
      'all at once',
      expectBlock('- «pong»: a\n  on: «web»\n- interface: a\n  «sate»: up\n  within: «x»'),
      ['unknown-kind', 'undeclared-host', 'unknown-field', 'bad-value'],
    ],
    [
      'indented fence',
      `${HEAD}${RUN}  \`\`\`yaml {.expect}\n  - interface: a\n    «sate»: up\n  \`\`\`\n`,
      ['unknown-field'],
    ],
  ]);
});

describe('quiz', () => {
  const quiz = (body: string) => `${HEAD}\`\`\`md {.quiz}\n${body}\n\`\`\`\n`;
  const headed = (body: string) => `${HEAD}«\`\`\`md {.quiz}»\n${body}\n\`\`\`\n`;
  all([
    ['asks nothing', headed('- [ ] a\n- [x] b'), ['bad-quiz'], /question/],
    ['one choice', headed('Q?\n- [x] b'), ['bad-quiz'], /- \[ \] wrong/],
    ['none is right', headed('Q?\n- [ ] a\n- [ ] b'), ['bad-quiz']],
    ['all are right', headed('Q?\n- [x] a\n- [x] b'), ['bad-quiz']],
    ['no box', quiz('Q?\n- [ ] a\n- [x] b\n«- c»'), ['bad-choice'], /begin it with/],
    ['text after', quiz('Q?\n- [ ] a\n- [x] b\n\n«More.»'), ['bad-choice']],
    ['no words', quiz('Q?\n- [ ] a\n«- [x] -- why»'), ['bad-choice']],
  ]);
});

test('a faulty front matter does not make its hosts unknown', () => {
  expectFaults(`---\ntitle: «5»\nhosts: [web]\n---\n\`\`\`sh {.run on=web}\ntrue\n\`\`\`\n`, ['bad-value']);
});
