import type { StoreChoice } from '../config/order-api-config.ts';
import { OrderApiError } from '../config/order-api-error.ts';
import { startDynalite } from '../servers/start-dynalite.ts';
import { openMemoryStore } from './memory-store.ts';
import type { OpenStore } from './order-store.ts';

export const TABLE_NAME = 'OrdersTable';

/** A full account's worth of environments is rarely above it, and dynalite can still handle it. */
const MAX_SOCKETS = 200;

/** Opens the chosen store. Throws OrderApiError if it cannot be reached. */
export async function openStore(
  choice: StoreChoice,
  onLost: (message: string) => void,
): Promise<OpenStore> {
  switch (choice.kind) {
    case 'memory':
      return openMemoryStore();
    case 'dynalite':
      return openDynalite(onLost);
    case 'endpoint':
      return openEndpoint(choice.url);
  }
}

async function openDynalite(onLost: (message: string) => void): Promise<OpenStore> {
  const starting = startDynalite((reason) =>
    onLost(`dynalite ended (${reason}): orders are answered with 500 from here on`),
  );
  // The SDK takes longer to load than dynalite takes to start, and the memory store never needs it.
  const loading = import('./dynamodb-store.ts');
  const dynalite = await starting;
  try {
    const store = await openEndpoint(dynalite.endpoint, loading);
    return {
      ...store,
      async close() {
        await store.close();
        await dynalite.stop();
      },
    };
  } catch (error) {
    await dynalite.stop();
    throw error;
  }
}

async function openEndpoint(
  endpoint: string,
  loading = import('./dynamodb-store.ts'),
): Promise<OpenStore> {
  const { openDynamoDbStore } = await loading;
  try {
    return await openDynamoDbStore({
      tableName: TABLE_NAME,
      client: {
        endpoint,
        maxAttempts: 3,
        requestHandler: {
          connectionTimeout: 1_000,
          requestTimeout: 5_000,
          httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
          httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
        },
        ...(isLoopback(endpoint) && LOCAL_IDENTITY),
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new OrderApiError(
      'E_STORE_UNREACHABLE',
      `no DynamoDB table can be opened at ${endpoint} (${reason.trim()}): check --dynamodb-endpoint, the region and the credentials`,
    );
  }
}

/** Local emulators accept any credentials; real ones come from the SDK's own chain. */
const LOCAL_IDENTITY = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
