import { describe, expect, test } from 'vitest';
import { BANNER, withoutFacades } from '../../scripts/builtins.mjs';

const bundle = (text: string) => `${BANNER}\n${text}`;

describe("Node's own modules are taken without import", () => {
  test.each([
    ['import{join}from"node:path";', 'var {join}=process.getBuiltinModule("node:path");'],
    ['import fs from"fs";', 'var fs=process.getBuiltinModule("fs");'],
    ['import*as os from"node:os";', 'var os=process.getBuiltinModule("node:os");'],
    [
      'import path,{join as join2}from"node:path";',
      'var path=process.getBuiltinModule("node:path"),{join:join2}=process.getBuiltinModule("node:path");',
    ],
    ['import{default as tty}from"node:tty";', 'var tty=process.getBuiltinModule("node:tty");'],
  ])('%s', (written, declared) => {
    const { text, count } = withoutFacades(bundle(`${written}join();`));
    expect(count).toBe(1);
    // All else keeps its line and column, for the maps of the sources.
    expect(text).toBe(`${BANNER}${declared}\n${' '.repeat(written.length)}join();`);
  });

  test('those that are long in loading when they are first called, but for their classes', () => {
    const { text } = withoutFacades(bundle('import{createHash as hash,X509Certificate}from"node:crypto";'));
    expect(text.split('\n')[0]).toBe(
      `${BANNER}var hash=(...given)=>process.getBuiltinModule("node:crypto").createHash(...given),` +
        '{X509Certificate}=process.getBuiltinModule("node:crypto");',
    );
  });

  test.each(['import{a}from"./chunk-A.js";', 'import"./chunk-A.js";', 'await import("node:fs");'])(
    'nothing else: %s',
    (written) => {
      expect(withoutFacades(bundle(written))).toEqual({ text: bundle(written), count: 0 });
    },
  );
});
