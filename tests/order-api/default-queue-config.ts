import { defaultValues } from '../../order-api/config/options/option-spec.ts';
import { QUEUE_OPTIONS } from '../../order-api/config/options/queue-options.ts';
import type { QueueConfig } from '../../order-api/config/queue-config.ts';

/** What `order-api --queue` takes where no flag says otherwise. */
export const DEFAULT_QUEUE_CONFIG: QueueConfig = defaultValues(QUEUE_OPTIONS);
