import { UserError } from '../errors/user-error.ts';
import { parseJsonOrUndefined } from '../order/json-equal.ts';
import { type JsonPath, parseJsonPath, renderJsonPath, valueAt } from '../order/json-path.ts';
import { holdsPlaceholders, idPathOf } from '../order/order-bodies.ts';
import type { OrderMapping } from '../order/order-mapping.ts';
import { type CompiledTemplate, compileTemplate, TemplateError } from '../order/order-template.ts';

export interface FileOfBodies {
  readonly name: string;
  /** SHA-256 of the whole file, in hex. */
  readonly sha256: string;
  readonly rows: readonly string[];
}

/**
 * The parts of an order mapping that follow from its file of bodies. Without an `idField`, the id is where every row
 * has `{{orderId}}`.
 *
 * @throws UserError E_BODIES that names the line which is not the body of an order.
 */
export function bodiesOf(
  { name, sha256, rows }: FileOfBodies,
  { idField, contract }: Pick<OrderMapping, 'idField' | 'contract'>,
): Pick<OrderMapping, 'bodies' | 'idField'> {
  if (rows.length === 0) throw fault(`${name}: holds no bodies; expected one JSON body per line`);
  const given = idField === null ? null : parseJsonPath(idField);
  let ownIds = true;
  let found: string | null | undefined;
  for (const [position, row] of rows.entries()) {
    const where = `${name}: line ${position + 1}`;
    const value = bodyOf(row, where);
    const compiled = holdsPlaceholders(row) ? compile(value, where) : null;
    for (const path of contract.required) {
      if (valueAt(value, parseJsonPath(path) ?? []) === undefined) {
        throw fault(`${where}: has nothing at ${path}, which order.contract.required lists`);
      }
    }
    if (given !== null) {
      if (valueAt(value, given) === undefined) {
        throw fault(
          `${where}: has nothing at ${idField}, where the id should be according to order.idField`,
        );
      }
      ownIds &&= compiled !== null && isOwnId(compiled, given);
      continue;
    }
    const path = compiled === null ? null : idPathOf(compiled, null);
    const text = path === null ? null : renderJsonPath(path);
    if (found === undefined) found = text;
    else if (found !== text) found = null;
  }
  const idAt = idField ?? found ?? null;
  return {
    bodies: { file: name, rows: rows.length, ownIds: ownIds && idAt !== null, sha256 },
    idField: idAt,
  };
}

function bodyOf(row: string, where: string): object {
  const value = parseJsonOrUndefined(row);
  if (typeof value === 'object' && value !== null) return value;
  throw fault(`${where}: expected a JSON object or list, like {"items":[]}, all on one line`);
}

function compile(value: object, where: string): CompiledTemplate {
  try {
    return compileTemplate(value, where);
  } catch (error) {
    if (error instanceof TemplateError) throw fault(error.message);
    throw error;
  }
}

function isOwnId({ ids }: CompiledTemplate, path: JsonPath): boolean {
  return ids.some((one) => one.path.join('\0') === path.join('\0'));
}

function fault(text: string): UserError {
  return new UserError('E_BODIES', `order.bodies: ${text}`);
}
