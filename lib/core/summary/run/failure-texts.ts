import { failureName, failureSeconds } from '../../report/failure-words.ts';
import { groupDigits } from '../../report/format-figure.ts';
import { outcomeName } from '../../report/outcome-words.ts';
import type { Failure } from '../../report/schema/failure-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';

/** How orders of one outcome failed, in words. The texts are not escaped. */
export interface FailureText {
  /** For a reader: "server error". */
  readonly outcome: string;
  /** "403 × 241, second 0 to 12". */
  readonly what: string;
  /** The first response, or k6's error text; empty without either. */
  readonly example: string;
  readonly hint: string;
}

/** The first `most` ways in which orders failed, and a line with the number of further ones. */
export function failureTexts({ requests }: Report, most: number): readonly FailureText[] {
  const failures = requests.failures ?? [];
  const rest = failures.slice(most);
  const orders = rest.reduce((sum, one) => sum + one.orders, 0);
  return [
    ...failures.slice(0, most).map((failure) => ({
      outcome: outcomeName(failure.outcome),
      what: [whatOf(failure), failureSeconds(failure)].filter(Boolean).join(', '),
      example: exampleText(failure),
      hint: failure.hint ?? '',
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            outcome: 'others',
            what: `${groupDigits(orders)} orders in ${rest.length} more ways, all in report.json`,
            example: '',
            hint: '',
          },
        ]),
  ];
}

function whatOf(failure: Failure): string {
  const { arm, orders } = failure;
  return `${arm === undefined ? '' : `arm ${arm}: `}${failureName(failure)} × ${groupDigits(orders)}`;
}

/** Headers that the hint does not mention already. */
const SHOWN_HEADERS = [
  'Content-Type',
  'Server',
  'X-Amzn-Errortype',
  'Www-Authenticate',
  'Location',
];

function exampleText({ example, error }: Failure): string {
  if (example === undefined) return '';
  const { words, headers, body, bodyCharacters } = example;
  if (words !== undefined) return words === error ? '' : words;
  const named = SHOWN_HEADERS.flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${headers[name]}`],
  );
  const text = bodyCharacters === 0 ? 'no body' : body;
  return [...named, text].join('; ');
}

/** The ways in which orders failed as plain lines, for a log. */
export function failureLines(report: Report, most: number): readonly string[] {
  return failureTexts(report, most).flatMap(({ outcome, what, example, hint }) => [
    `${outcome}: ${what}`,
    ...(example === '' ? [] : [`  first response: ${example}`]),
    ...(hint === '' ? [] : [`  hint: ${hint}`]),
  ]);
}
