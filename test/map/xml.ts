/** Well-formedness of the XML that we write ourselves: tags that match, attributes quoted, no stray markup, no forbidden character. */
const ATTRIBUTE = String.raw`\s+[\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*"`;
const TAG = new RegExp(String.raw`^<(\/?)([\w:-]+)((?:${ATTRIBUTE})*)\s*(\/?)>`);
const TEXT = /^(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+/;
/** https://www.w3.org/TR/xml/#charsets */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u;

export function isXml(text: string): boolean {
  if (FORBIDDEN.test(text)) return false;
  const open: string[] = [];
  let roots = 0;
  for (let rest = text.trim(); rest !== ''; ) {
    const tag = TAG.exec(rest);
    const found = tag ?? TEXT.exec(rest);
    if (found === null || (tag === null && open.length === 0)) return false;
    rest = rest.slice(found[0].length);
    if (tag === null) continue;
    const [, closing, name, , alone] = tag;
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else {
      if (open.length === 0 && ++roots > 1) return false;
      if (alone !== '/') open.push(name!);
    }
  }
  return open.length === 0 && roots === 1;
}
