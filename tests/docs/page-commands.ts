import { parseBlocks } from './markdown-blocks.ts';

/** A command line of a page, and what the page says it prints. */
export interface PageCommand {
  readonly line: number;
  /** On one line, without the comment behind it. */
  readonly command: string;
  readonly output: string | null;
  readonly notRun: string | null;
}

export interface PageCommands {
  readonly commands: readonly PageCommand[];
  /** Lines of outputs that no command of the page has printed. */
  readonly orphans: readonly number[];
}

/**
 * The commands of a page's `sh` and `console` blocks. A block without a language is the output of the command it is
 * marked with, or else of the last command before it.
 */
export function parseCommands(markdown: string): PageCommands {
  const commands: PageCommand[] = [];
  const orphans: number[] = [];
  for (const { line, language, text, notRun, outputOf } of parseBlocks(markdown)) {
    if (language === 'sh') {
      for (const command of shellLines(text)) {
        commands.push({ line, command, output: null, notRun });
      }
    } else if (language === 'console' || text.startsWith('$ ')) {
      commands.push(...sessionCommands(text).map((session) => ({ ...session, line, notRun })));
    } else if (language === '') {
      const last = commands.at(-1);
      if (outputOf !== null || notRun !== null) {
        commands.push({ line, command: outputOf ?? '', output: text, notRun });
      } else if (last === undefined || last.output !== null) {
        orphans.push(line);
      } else {
        commands[commands.length - 1] = { ...last, output: text };
      }
    }
  }
  return { commands, orphans };
}

function shellLines(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s+)#\s.*$/, '').trim())
    .filter((line) => line !== '');
}

/** `$ command` and what follows it, until the next. */
function sessionCommands(text: string): readonly { command: string; output: string | null }[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split(/^\$ /m)
    .slice(1)
    .map((session) => {
      const [command = '', ...output] = session.trim().split('\n');
      return { command, output: output.length === 0 ? null : output.join('\n') };
    });
}
