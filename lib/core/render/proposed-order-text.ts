import type { ProposedOrder } from '../answers/proposed-order.ts';
import { escapeText } from './escape-text.ts';

/** A proposal as text for a terminal. */
export function renderProposedOrder({ order, notes }: ProposedOrder): string {
  const isEmpty = Object.keys(order).length === 0;
  const proposal = isEmpty
    ? ['Nothing to propose for load.config.json.']
    : [
        'Proposed for load.config.json, from what the API answered (docs/your-own-api.md). Keep what it means to do:',
        JSON.stringify({ order }, null, 2),
      ];
  return `\n${[...proposal, ...notes.map((note) => `- ${escapeText(note)}`)].join('\n')}\n`;
}
