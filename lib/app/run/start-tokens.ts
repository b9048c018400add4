import type { TokenFacts } from '../../core/auth/token-facts.ts';
import type { RunConfig, TokenFrom } from '../../core/config/run-config.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { type TargetAccess, targetDispatcher } from '../../node/http/target-dispatcher.ts';
import { commandToken } from '../../node/token/command-token.ts';
import { oauth2Token } from '../../node/token/oauth2-token.ts';
import { startTokenServer } from '../../node/token/token-server.ts';
import { type GetToken, startTokenSource } from '../../node/token/token-source.ts';
import type { Cleanups } from './cleanups.ts';

/** Tokens that are renewed while a run lasts. */
export interface RunTokens {
  /** The current token. */
  readonly current: () => string;
  readonly facts: () => TokenFacts;
  /** Variables that tell k6 where to get them. */
  readonly k6Env: Readonly<Record<string, string>>;
}

export interface TokensInput {
  readonly config: Pick<RunConfig, 'tokenFrom'>;
  readonly access: TargetAccess;
  readonly cwd: string;
  /** Called with every secret that must never be shown. */
  readonly hide: (secret: string) => void;
  readonly say: (line: string) => void;
}

/**
 * Gets the first token of a run and keeps it fresh until the cleanups; null for a run that needs none.
 *
 * @throws UserError E_TOKEN (exit 4) if there is no first token.
 */
export async function startTokens(
  { config: { tokenFrom }, access, cwd, hide, say }: TokensInput,
  cleanups: Cleanups,
): Promise<RunTokens | null> {
  if (tokenFrom === null) return null;
  const get = getterOf(tokenFrom, access, cwd, cleanups);
  const source = await startTokenSource({ get, onToken: hide, say });
  if (typeof source === 'string') {
    throw new UserError(
      'E_TOKEN',
      `no bearer token: ${source}; nothing was sent`,
      EXIT.environment,
    );
  }
  cleanups.add(source.stop);
  const server = await startTokenServer(source);
  cleanups.add(server.close);
  hide(server.secret);
  return {
    current: () => source.current().token,
    facts: source.facts,
    k6Env: { LOAD_TOKEN_URL: server.url },
  };
}

function getterOf(
  from: TokenFrom,
  access: TargetAccess,
  cwd: string,
  cleanups: Cleanups,
): GetToken {
  const { env } = access;
  if (from.kind === 'command') return commandToken({ command: from.command, cwd, env });
  const { url, clientIdEnv, clientSecretEnv, scope, audience } = from;
  const dispatcher = targetDispatcher(url, access);
  cleanups.add(() => dispatcher.destroy());
  const [clientId = '', clientSecret = ''] = [env[clientIdEnv], env[clientSecretEnv]];
  return oauth2Token({ url, clientId, clientSecret, scope, audience, dispatcher });
}
