import { openApiConfig } from './openapi-config.ts';
import { samConfig } from './sam-config.ts';
import { descriptionError, type FirstConfig, isRecord } from './way-in.ts';

export interface ApiDescription {
  /** The parsed content of the file. */
  readonly document: unknown;
  /** Path of the operation that creates orders, or null to find it. */
  readonly path: string | null;
}

/**
 * A first config from the description of an API: OpenAPI 3, or a SAM template.
 *
 * @throws UserError E_API_DESCRIPTION for a document that is neither, or has no operation that creates orders.
 */
export function firstConfig({ document, path }: ApiDescription): FirstConfig {
  if (!isRecord(document)) throw descriptionError('it contains no object');
  if (typeof document['openapi'] === 'string') {
    if (document['openapi'].startsWith('3.')) return openApiConfig(document, path);
    throw descriptionError(`it is OpenAPI ${document['openapi']}`);
  }
  if ('swagger' in document) throw descriptionError('it is Swagger 2; convert it to OpenAPI 3');
  if (isRecord(document['Resources'])) return samConfig(document['Resources'], document, path);
  throw descriptionError('it has neither `openapi: 3.…` nor the Resources of a SAM template');
}
