/** The part of the reference that says what a lesson finds inside, written from what makes it so. Markdown. */
import { FEATURES } from './features.ts';

/** The list of packages by its headings: `# looking at packets` and the names below it. */
function groups(packages: string): [string, string[]][] {
  return packages
    .split(/\n{2,}(?=# )/)
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.trim().split('\n');
      const names = lines.map((line) => line.replace(/[?\s].*$/, '')).filter(Boolean);
      return [head.replace(/^# /, ''), names];
    });
}

/** @param packages the text of sandbox/packages.txt */
export function sandboxReference(packages: string): string {
  const features = Object.entries(FEATURES).map(([name, { summary }]) => `| \`${name}\` | ${summary} |`);
  const inside = groups(packages).map(
    ([what, names]) => `- ${what}: ${names.map((name) => `\`${name}\``).join(', ')}`,
  );
  return `## What a sandbox has

\`needs\` names programs (\`tcpdump\`) and features of the kernel; a name that is in this table is a feature. What is missing is said before the
first cell, with its remedy; of a cell with \`needs=\` of its own only that cell is passed over.

| Feature | What it is for |
| --- | --- |
${features.join('\n')}

The programs come from these packages of Debian or Ubuntu, whatever makes the machines; machines that you have (\`ssh\`) bring their own:

${inside.join('\n')}

There is no Python and no DNS server: \`busybox httpd -f -p 8080 -h FOLDER\` serves a page, \`socat\` and \`nc\` answer whatever else. An internet of
the sandbox’s own answers at 8.8.8.8 and 1.1.1.1 (ping, DNS) and as \`example.com\` (a page). What works on a machine, \`wirebook doctor\` says; \`wirebook sandbox up\`, then
\`wirebook sandbox shell\`, is a place to try a lesson's commands by hand.`;
}
