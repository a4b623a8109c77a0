/** The reference of the lesson format, written from the tables that the parser reads by. */
import type { z } from 'zod';
import { commonFields, examplesOf } from './common.ts';
import { courseSchema } from './course-file.ts';
import { ATTRIBUTES, type AttributeName, ROLE_NAMES, ROLES } from './definitions.ts';
import { frontMatterSchema } from './frontmatter.ts';
import { SIZE_LIMIT } from './source.ts';
import { spaceSchema, topologySchema } from './topology/schema.ts';
import { sitesSchema } from './topology/sites.ts';
import { DEFAULT_SEED } from './values.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fieldTable(shape: Readonly<Record<string, z.ZodType>>): string {
  const examples = examplesOf(shape);
  const rows = Object.entries(shape).map(([name, field]) => [
    `\`${name}\``,
    field.isOptional() ? '' : 'yes',
    field.meta()?.description ?? '',
    `\`${examples[name]}\``,
  ]);
  return table(['Field', 'Required', 'What it says', 'Example'], rows);
}

/** YAML in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${flow(each)}`)
    .join(', ')}}`;
}

function topologyTable(shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).map(([name, field]) => [
    `\`${name}\``,
    field.meta()?.description ?? '',
    `\`${name}: ${flow((field.meta()?.examples as readonly unknown[] | undefined)?.[0])}\``,
  ]);
  return table(['Field', 'What it says', 'Example'], rows);
}

function roleTable(): string {
  return table(
    ['Role', 'What it is', 'What is in it', 'Takes'],
    ROLE_NAMES.map((name) => {
      const { summary, body, named, attributes } = ROLES[name];
      const takes = [...(named ? ['#id'] : []), ...attributes].map((word) => `\`${word}\``);
      return [`\`.${name}\``, summary, body, takes.join(', ') || 'nothing'];
    }),
  );
}

function attributeTable(): string {
  return table(
    ['Attribute', 'What it says', 'Without it'],
    (Object.keys(ATTRIBUTES) as AttributeName[]).map((name) => {
      const { takes, summary, fallback } = ATTRIBUTES[name];
      return [takes === null ? `\`${name}\`` : `\`${name}=${takes}\``, summary, fallback];
    }),
  );
}

const FENCE = '```';

const EXAMPLE = `---
title: Two namespaces and a cable
---
## Lay the cable

${FENCE}sh {.run #lay-cable}
ip link add veth-client type veth peer name veth-server
${FENCE}
${FENCE}yaml {.expect}
- interface: veth-client
  state: down
  peer: veth-server
${FENCE}`;

/** Markdown. */
export function lessonReference(): string {
  return `# The lesson format

A lesson is one Markdown file (CommonMark, UTF-8, at most ${SIZE_LIMIT / 1024 / 1024} MiB). It begins with a front matter. Level-2 headings
divide it into steps. Fences with a role are what runs and what is checked; a fence without one is only shown.

~~~~md
${EXAMPLE}
~~~~

## Front matter

YAML between two lines \`---\` at the head of the file.

${fieldTable(frontMatterSchema.shape)}

## Params

Each learner may have other numbers. \`params\` declares them, \`{{name}}\` puts one in: in prose, cells, checks, hints, solutions and set-ups,
everywhere below the front matter.

~~~~md
---
title: Two of one subnet
params:
  lan: {subnet: 10.0.0.0/8}
  router: {address: lan, number: 1}
  web: {address: lan}
  port: {int: [8000, 8999]}
  colour: {choice: [red, green]}
---
Give the web server the address {{web}}/24.
~~~~

\`{subnet: BLOCK, length: BITS}\` is a subnet of the block, \`10.37.4.0/24\`, of 24 bits without \`length\`. \`{address: NAME}\` is a host's address in
that subnet, without its length; with \`number\` always the n-th. \`{int: [LEAST, GREATEST]}\` and \`{choice: [..]}\` speak for themselves. No two
subnets of a lesson overlap, no two addresses of a subnet are the same, nor are two numbers or choices of the same range.

The values come of a seed, of the lesson's id and of the param's name, and of nothing else: \`wirebook LESSON --seed ada\` shows everywhere what
Ada sees. Without \`--seed\` the seed is \`${DEFAULT_SEED}\`; a lesson that was begun keeps its own. \`wirebook test --seeds 5\` tries five.

\`{{name}}\` is apart from \`$NAME\`, a variable of the lesson's shell, and from templates of other programs: \`{{.Id}}\`, \`{{end}}\` and \`{{ name }}\` with
blanks are left alone. In a pattern (\`matches\`) the dots of an address stand for any character.

## Fences

The first word of a fence is its language. Then come Pandoc's attributes, in braces: a role \`.run\`, an id \`#lay-cable\`,
values \`timeout=10s\`, flags \`background\`. A value with blanks stands in quotes: \`key="two words"\`.

${roleTable()}

\`.notes\` belong to the step they stand in; \`wirebook class present\` and the class's board show them to who presents.
\`.expect\`, \`.output\`, \`.hint\` and \`.solution\` belong to the cell before them. A block with a role stands at the left
margin, not in a list or a quotation. A cell without an id is called \`cell-N\`, a quiz \`quiz-N\`.

${attributeTable()}

## Expectations

An \`.expect\` block is a YAML list. The first key of an entry names the kind of check and says what it looks at; the kinds
have a reference of their own. These fields any entry may have, before the kind's key or after it:

${fieldTable(commonFields.shape)}

A check without an \`id\` is called after its cell, \`lay-cable/1\`, \`lay-cable/2\`. In any text, \`$NAME\` and
\`\${NAME}\` stand for a variable of the host's shell; \`$$\` is a dollar.

## Hidden checks

\`lesson.key.yaml\` beside \`lesson.md\` (\`NAME.key.yaml\` beside \`NAME.md\`) holds checks that learners are not given: a map from the ids of cells to lists
of entries as above, one for all languages.

~~~~yaml
lay-cable:
  - interface: veth-server
    mtu: 1500
    points: 2
~~~~

\`wirebook test\` holds them to the same rule as the others: they fail before the cell and hold after it. Graders count them. The notebook, the
preview and exports never read them, and the package of Wirebook does not contain those of its own lessons. A check without an \`id\`
is called \`CELL/key-1\`. Its words in another language stand in \`lesson.key.zh-CN.yaml\`, a map from ids to words.

## Topologies

A \`.topology\` block declares a network, which is made before the lesson, as by a \`.setup\`:

${FENCE}yaml
host:
  bridges: {br0: [veth1, veth2]}
  addresses: {br0: 172.30.0.1/24}
  forward: true
namespaces:
  client1: {addresses: {eth0: 172.30.0.11/24}, routes: [default via 172.30.0.1]}
  client2: {addresses: {eth0: 172.30.0.12/24}, routes: [default via 172.30.0.1]}
cables:
  - veth1 -- eth0 in client1
  - veth2 -- eth0 in client2
${FENCE}

${topologyTable(topologySchema.shape)}

A namespace, and \`host\`, may have:

${topologyTable(spaceSchema.shape)}

Several hosts stand in one block under \`hosts\`, each with the fields above; cables between them say where both ends are. Such a cable is a
VXLAN tunnel over what joins the hosts: packets that may not be cut into pieces are told 1450 bytes there.

${FENCE}yaml
hosts:
  host: {namespaces: {client: {addresses: {eth0: 10.0.0.1/24}}}}
  node01: {namespaces: {server: {addresses: {eth0: 10.0.0.2/24}}}}
cables:
  - eth0 in client on host -- eth0 in server on node01
${FENCE}

${topologyTable(sitesSchema.shape)}

Everything is brought up but what \`down\` names. \`wirebook sandbox map --format topology\` writes the network of a sandbox in this form;
\`wirebook import PATH\` makes a lesson with such a block of a Kathará lab or a containerlab file, and says what it has not understood.

## Outputs

An \`.output\` block is held against what the cell prints, line by line, from the first to the last. A line \`...\` stands for any
lines, none included. A line \`/regex/\` (or \`/regex/i\`) stands for a line in which the pattern is found. Every other line is
literal. A backslash before \`...\` or before the first \`/\` makes the line literal. White space at the end of a line does not count.

## Quizzes

The question, then the choices as a task list: \`- [x] right -- why\` and \`- [ ] wrong -- why\`. The reason is shown once the choice is made.

## Translations

A translation lies beside its original: \`lesson.zh-CN.md\` beside \`lesson.md\`. It holds words; what runs and what is checked stands
once, in the original. So the two cannot come apart:

- The front matter has \`title\` and \`summary\`; everything else is the original's.
- Steps, cells and quizzes come in the order of the original, with the same ids. A reader of the file sees each cell whole, so
  its lines are there again, and the file is refused where they differ. Comments on lines of their own may be translated.
  Attributes and solutions may be left out; where they are given, they are the original's.
- Instead of \`.expect\` a cell has a \`.says\` block: a line for each check that has words (\`says\`) in the original, and for any
  other that should have some.
- As many hints as in the original, with the same \`when\`; as many choices in a quiz, right in the same places.
- \`.notes\` are each language's own; a step without any has the original's.

~~~~md
${FENCE}sh {.run #lay-cable}
ip link add veth-client type veth peer name veth-server
${FENCE}
${FENCE}yaml {.says}
lay-cable/1: "veth-client 的对端是 veth-server"
${FENCE}
~~~~

\`wirebook new LESSON --lang zh-CN\` writes what a translation begins as. \`wirebook lint\` and \`wirebook test\` hold a translation against its original. \`test\` runs the cells of the original;
\`--lang zh-CN\` those of a translation, \`--lang all\` each.

## Courses

A course is a folder. A lesson is \`<name>/lesson.md\`, other languages lie beside it as \`lesson.zh-CN.md\`; or it is \`<name>.md\`.
The order is that of the names. The folder may have a \`course.yaml\`, and
in other languages a \`course.zh-CN.yaml\`:

${fieldTable(courseSchema.shape)}

Beside the lessons may lie a handbook, \`GLOSSARY.md\` and \`CHEATSHEET.md\`, other languages as \`GLOSSARY.zh-CN.md\`. Each entry is a paragraph or an
item that begins with a bold word or with a command, then a dash: \`**bridge** — A switch in the kernel.\`, \`\` - \`ip netns add NAME\` — makes one. \`\` What stands in capitals in a command is to be put in. The notebook shows those that the current step uses first (\`w\`, on lines \`word\`).

`;
}
