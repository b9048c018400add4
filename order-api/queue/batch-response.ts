/** The messages of a batch that return to the queue. */
export type Failures = 'none' | 'all' | ReadonlySet<string>;

/**
 * Parses a function's partial batch response (`{"batchItemFailures":[{"itemIdentifier": messageId}]}`) as Lambda does:
 * nothing, or an empty list, is success; a failure without a usable id, or with an id that is not in the batch, fails
 * the whole batch. Source: services-sqs-errorhandling in AWS's developer guide.
 */
export function parseBatchResponse(response: unknown, messageIds: readonly string[]): Failures {
  if (response === null || response === undefined) return 'none';
  if (typeof response !== 'object') return 'all';
  const failures: unknown = 'batchItemFailures' in response ? response.batchItemFailures : null;
  if (failures === null || failures === undefined) return 'none';
  if (!Array.isArray(failures)) return 'all';
  const known = new Set(messageIds);
  const failed = new Set<string>();
  for (const failure of failures as unknown[]) {
    if (typeof failure !== 'object' || failure === null) return 'all';
    const id: unknown = 'itemIdentifier' in failure ? failure.itemIdentifier : null;
    if (typeof id !== 'string' || !known.has(id)) return 'all';
    failed.add(id);
  }
  return failed.size === 0 ? 'none' : failed;
}
