/** A fenced block of a Markdown page. */
export interface MarkdownBlock {
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** Empty for a fence without one. */
  readonly language: string;
  readonly text: string;
  /** Why the block is not run, from `<!-- not run: … -->` right above it. */
  readonly notRun: string | null;
  /** The command that prints it, from `<!-- output of: … -->` right above it. */
  readonly outputOf: string | null;
}

/** @throws Error at a fence that is never closed. */
export function parseBlocks(markdown: string): readonly MarkdownBlock[] {
  const lines = markdown.split('\n');
  const blocks: MarkdownBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const open = /^( *)(`{3,})(\w*)/.exec(lines[index] as string);
    if (open === null) continue;
    const [, indent = '', fence = '', language = ''] = open;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end === -1) throw new Error(`line ${index + 1}: a block that is never closed`);
    const text = lines
      .slice(index + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n');
    const above = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? '';
    const [, kind, said = ''] = /^ *<!-- (not run|output of): (.+) -->$/.exec(above) ?? [];
    blocks.push({
      line: index + 1,
      language,
      text,
      notRun: kind === 'not run' ? said : null,
      outputOf: kind === 'output of' ? said : null,
    });
    index = end;
  }
  return blocks;
}
