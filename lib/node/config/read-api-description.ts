import { readFile } from 'node:fs/promises';
import { parseDocument, type Tags } from 'yaml';
import { UserError } from '../../core/errors/user-error.ts';

/** CloudFormation's short forms such as `!Ref`. Their meaning is not needed here. */
const SHORT_FORMS = [
  'Ref',
  'Sub',
  'GetAtt',
  'If',
  'Join',
  'Select',
  'Split',
  'FindInMap',
  'Equals',
  'Not',
  'And',
  'Or',
  'Condition',
  'ImportValue',
  'Base64',
  'Cidr',
  'GetAZs',
  'Transform',
];
const TAGS = SHORT_FORMS.flatMap(
  (name): Tags => [
    { tag: `!${name}`, resolve: (text: string) => text },
    { tag: `!${name}`, collection: 'seq' },
    { tag: `!${name}`, collection: 'map' },
  ],
);

/**
 * The content of a YAML or JSON file.
 *
 * @throws UserError E_API_DESCRIPTION (exit 2) for a file that cannot be read, or is neither.
 */
export async function readApiDescription(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'E_API_DESCRIPTION',
      `${path} cannot be read (${error.code ?? error.message})`,
    );
  });
  const document = parseDocument(text, { customTags: TAGS, logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [line = ''] = fault.message.split('\n');
    throw new UserError(
      'E_API_DESCRIPTION',
      `${path} is neither YAML nor JSON: ${line.replace(/:$/, '')}`,
    );
  }
  return document.toJS() as unknown;
}
