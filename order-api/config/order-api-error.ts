/** A failure of the local order API that its user can fix; `message` says how. */
export class OrderApiError extends Error {
  readonly code:
    | 'E_STORE_START'
    | 'E_STORE_UNREACHABLE'
    | 'E_QUEUE_START'
    | 'E_PORT_IN_USE'
    | 'E_LISTEN'
    | 'E_LOG_FILE';

  constructor(code: OrderApiError['code'], message: string) {
    super(message);
    this.name = 'OrderApiError';
    this.code = code;
  }
}
