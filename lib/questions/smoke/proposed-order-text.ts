import { escapeText } from '../../core/text/escape-text.ts';
import type { ProposedOrder } from './proposed-order.ts';

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
