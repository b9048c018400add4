import type { Handler } from '../handlers/http-event.ts';
import { initPhases } from './cold-start.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { Machine } from './machine.ts';
import { withModelledTime } from './modelled-time.ts';
import type { Environment } from './platform-model.ts';
import type { RuntimeFaults } from './runtime-faults.ts';

export interface EnvironmentOptions<E, R> {
  /** At first. */
  readonly settings: FunctionSettings;
  readonly machine: Machine;
  /** The function's code outside the handler; called once per environment. */
  readonly init: (environment: Environment) => Handler<E, R>;
  /** Wraps an environment's handler, including its modelled time. */
  readonly decorate?: (handler: Handler<E, R>, environment: Environment) => Handler<E, R>;
  readonly faults?: RuntimeFaults;
}

export interface RunningEnvironment<E, R> {
  /** Those of the function when the environment got its first call. */
  readonly settings: FunctionSettings;
  /** Created at the first call. */
  handler(): Handler<E, R>;
}

export interface RunningEnvironments<E, R> {
  /** Call it as soon as an environment has its first call. */
  get(environment: Environment): RunningEnvironment<E, R>;
  /** Settings of the environments to come. */
  change(settings: FunctionSettings): void;
}

/** The handlers of one function's environments, each with the settings that it started with. */
export function createRunningEnvironments<E, R>(
  options: EnvironmentOptions<E, R>,
): RunningEnvironments<E, R> {
  const { machine, faults, init, decorate } = options;
  let { settings: current } = options;
  const running = new WeakMap<Environment, RunningEnvironment<E, R>>();

  function createHandler(environment: Environment, settings: FunctionSettings): Handler<E, R> {
    const isOnDemand = environment.initializationType === 'on-demand';
    const timed = withModelledTime(init(environment), {
      firstCall: { ...settings.duration, ...settings.firstCall },
      laterCalls: settings.duration,
      initAgainMs: isOnDemand ? initPhases(environment.initMs).withinMs : 0,
      machine,
      faults,
    });
    return decorate?.(timed, environment) ?? timed;
  }

  function create(environment: Environment): RunningEnvironment<E, R> {
    const settings = current;
    let handler: Handler<E, R> | undefined;
    return {
      settings,
      handler() {
        handler ??= createHandler(environment, settings);
        return handler;
      },
    };
  }

  return {
    get(environment) {
      const known = running.get(environment) ?? create(environment);
      running.set(environment, known);
      return known;
    },
    change(settings) {
      current = settings;
    },
  };
}
