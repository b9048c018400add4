import { escapeText } from '../../core/text/escape-text.ts';
import type { ProposedOrder } from './proposed-order.ts';

/** The proposal as text for a terminal. */
export function renderProposedOrder({ order, notes }: ProposedOrder): string {
  const isEmpty = Object.keys(order).length === 0;
  const proposal = isEmpty
    ? ['Nothing to propose for load.config.json.']
    : [
        'Proposed for load.config.json, from the responses of the API (docs/your-own-api.md). Keep only what the API is meant to do:',
        JSON.stringify({ order }, null, 2),
      ];
  return `\n${[...proposal, ...notes.map((note) => `- ${escapeText(note)}`)].join('\n')}\n`;
}
