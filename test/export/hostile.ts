/** Texts that try to be more than text, for property tests. */
import fc from 'fast-check';

const ATTEMPTS = [
  '<script>alert(1)</script>',
  '</code></pre><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><style>*{display:none}',
  '</title><title>',
  '<!--',
  '-->',
  ']]>',
  '&lt;b&gt;',
  '&#60;script&#62;',
  '[x](javascript:alert(1))',
  '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
  '<javascript:alert(1)>',
  '<https://example.com/"onclick="x>',
  '[y]: javascript:alert(1)\n[y]',
  '```',
  '\n```\n# not a heading\n```\n',
  '~~~~',
  '\n# heading\n',
  '\n---\n',
  '| a | b |\n|---|---|\n| <b> | `c` |\n',
  '> quote\n\n1. one\n',
  '\x1b[31mred\x1b[0m',
  '\x1b[38;5;200;48;2;1;2;3;1mmany\x1b[m',
  '\x1b[38;2;999;0;0m',
  '\x1b]0;title\x07',
  '\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\',
  '\x1b]52;c;AAAA\x07',
  '\x1b[2J\x1b[H',
  '\r',
  '\r\n',
  '\b\b',
  '\u0000',
  '\u202eabc',
  '\ud800',
  '\u2028',
  '`',
  '\\',
  '$(reboot)',
];

export const hostile = fc
  .array(
    fc.oneof(fc.constantFrom(...ATTEMPTS), fc.string({ unit: 'binary', maxLength: 12 }), fc.constant('\n')),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));
