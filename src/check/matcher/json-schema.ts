/** The form of a matcher for editors. The parser (parse.ts) decides; this helps while typing. */
const self = { $ref: '#/$defs/Matcher' };
const bound = { type: ['number', 'string'] };
const several = { type: 'array', items: self };

export const matcherJsonSchema = {
  id: 'Matcher',
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { ...several, minItems: 1 },
    {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        contains: self,
        matches: { type: 'string', minLength: 1 },
        flags: { type: 'string' },
        lt: bound,
        le: bound,
        gt: bound,
        ge: bound,
        not: self,
        and: { ...several, minItems: 1 },
        or: { ...several, minItems: 1 },
        length: self,
        json: { type: 'string', pattern: '^\\$' },
        is: self,
        exactly: several,
      },
    },
  ],
};
