/** How faults are told: one function a form, in a plain map. What programs read is English in every language. */
import { formatDiagnostics } from './diagnostic.ts';
import type { LintResult } from './lint.ts';
import type { Diagnostic } from './model.ts';

export type LintReporter = (
  result: LintResult,
  options: { color: boolean; width?: number | undefined; say?: (sentence: string) => string },
) => string;

function count(diagnostics: readonly Diagnostic[], severity: Diagnostic['severity']): number {
  return diagnostics.filter((fault) => fault.severity === severity).length;
}

function some(number: number, thing: string): string {
  return `${number === 0 ? 'no' : number} ${thing}${number === 1 ? '' : 's'}`;
}

const pretty: LintReporter = ({ files, diagnostics }, options) => {
  const told = diagnostics.length > 0 ? `${formatDiagnostics(diagnostics, options)}\n\n` : '';
  const faults = `${some(count(diagnostics, 'error'), 'error')}, ${some(count(diagnostics, 'warning'), 'warning')}`;
  const { say = (sentence) => sentence } = options;
  return `${told}${say(`${some(files, 'lesson file')}: ${faults}`)}\n`;
};

const json: LintReporter = ({ files, diagnostics }) => {
  const errors = count(diagnostics, 'error');
  const warnings = count(diagnostics, 'warning');
  return `${JSON.stringify({ files, errors, warnings, diagnostics }, null, 2)}\n`;
};

/** GitHub's workflow commands: what would end a command or a property is escaped. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const github: LintReporter = ({ diagnostics }) =>
  diagnostics
    .map(({ severity, place, length, code, message, instead }) => {
      const properties = [
        `file=${escapeProperty(place.file)}`,
        `line=${place.line}`,
        `endLine=${place.line}`,
        `col=${place.column}`,
        `endColumn=${place.column + length}`,
        `title=${escapeProperty(code)}`,
      ];
      return `::${severity} ${properties.join(',')}::${escapeData(instead ? `${message}\n${instead}` : message)}\n`;
    })
    .join('');

export const LINT_REPORTERS: Readonly<Record<string, LintReporter>> = { pretty, json, github };
