interface ErrorMeaning {
  /** A text if the error code alone does not determine it. */
  readonly exitCode: 2 | 4 | string;
  readonly meaning: string;
  readonly remedy: string;
}

/** Every code of an `error [E_…]` line, with its exit code, meaning and remedy in Markdown. */
export const ERROR_CODES = {
  E_AB_BLOCK: {
    exitCode: 2,
    meaning: 'The blocks of an `ab` run would be too short for a deployment to settle.',
    remedy: 'Give a longer `--duration`; the line names the shortest.',
  },
  E_AB_ONLY: {
    exitCode: 2,
    meaning: 'An option for arm B was given to a scenario that loads one target.',
    remedy: 'Run `npm run load:ab`, or leave the option out.',
  },
  E_AB_TARGET: {
    exitCode: 2,
    meaning: 'It is not clear what arm B of an `ab` run is: it has two sources, or none.',
    remedy: 'Give either `--target-b` or `--deployment-b`.',
  },
  E_AB_WARMUP: {
    exitCode: 2,
    meaning: '`ab` has no warm-up: the first quarter of every block is not judged instead.',
    remedy: 'Leave `--warmup` out.',
  },
  E_API_DESCRIPTION: {
    exitCode: 2,
    meaning:
      'The file given to `npm run init` cannot be read, or does not describe an API that takes orders.',
    remedy: 'Give an OpenAPI 3 file or a SAM template; choose the operation with `--path`.',
  },
  E_ARRIVALS: {
    exitCode: 2,
    meaning:
      'The recording given to `--arrivals` cannot be read or replayed: a line is wrong, the times are out of order, or the scenario has a shape of its own.',
    remedy:
      'Fix the line that is named; replay with `steady`, `soak` or `batch` ([arrivals](generator.md)).',
  },
  E_AUTH_CONFLICT: {
    exitCode: 2,
    meaning: 'Two ways to authenticate were given, and a request can carry only one.',
    remedy: 'Leave one of them out.',
  },
  E_BODIES: {
    exitCode: 2,
    meaning:
      'The file named by `order.bodies` cannot be read, is too large, or has a line that is not a JSON object or list.',
    remedy: 'Write one JSON body per line, without line breaks inside it.',
  },
  E_BUNDLE: {
    exitCode: 2,
    meaning: 'The scenario does not compile.',
    remedy:
      'Fix the file and line that are named. Scenarios run inside k6 and cannot import Node modules.',
  },
  E_CA: {
    exitCode: 2,
    meaning: 'The file given to `--ca` cannot be read, or holds no PEM certificate.',
    remedy: 'Give a PEM file; `openssl x509` converts other formats.',
  },
  E_CAP_RATE: {
    exitCode: 2,
    meaning: 'The load would be faster than the cap on the rate allows.',
    remedy: 'Lower `--rate`, or raise the cap with `--max-rate`.',
  },
  E_CAP_REQUESTS: {
    exitCode: 2,
    meaning: 'The load would send more orders than the cap allows.',
    remedy: 'Lower `--rate` or `--duration`, or raise the cap with `--max-requests`.',
  },
  E_CLIENT_CERT: {
    exitCode: 2,
    meaning:
      'The client certificate cannot be used: it or its key is missing, encrypted, expired, not PEM, or they do not belong together.',
    remedy: 'The line names the file and the command that converts it.',
  },
  E_CONFIG_FILE: {
    exitCode: 2,
    meaning: 'The config file is missing, cannot be read, or holds something that is not accepted.',
    remedy: 'Fix the key that is named; [options.md](options.md) lists all of them.',
  },
  E_CONFIG_THERE: {
    exitCode: 2,
    meaning: '`npm run init` cannot write the config; it never overwrites an existing file.',
    remedy: 'Name another file with `--out`, or move the old one away.',
  },
  E_DEPLOYMENT: {
    exitCode: 2,
    meaning: 'There is no deployment of that name, or its file has an option that is not accepted.',
    remedy: 'Take a name or a file as [deployments.md](deployments.md) describes.',
  },
  E_DEPLOYMENT_ENDED: {
    exitCode: 4,
    meaning: 'One of several deployments ended, so all of them were stopped.',
    remedy: 'The line says why it ended; start that deployment on its own.',
  },
  E_DEPLOYMENT_TARGET: {
    exitCode: 2,
    meaning: '`--deployment` configures the embedded order API, and `--target` names another API.',
    remedy: 'Leave one of them out.',
  },
  E_GRACEFUL_STOP: {
    exitCode: 2,
    meaning:
      'The run would end before an order can reach its timeout, so orders would not be counted.',
    remedy: 'Give a longer `--graceful-stop` or a shorter `--timeout`.',
  },
  E_HISTORY_EMPTY: {
    exitCode: 2,
    meaning: 'The history has no run that was asked for.',
    remedy: 'Run a load, add earlier runs with `--import results`, or drop the filters.',
  },
  E_HISTORY_UNREADABLE: {
    exitCode: 2,
    meaning: 'The folder of the history cannot be read.',
    remedy: 'Fix its permissions, or name another folder with `--history`.',
  },
  E_HISTORY_UNWRITABLE: {
    exitCode: 4,
    meaning: 'Nothing can be added to the history.',
    remedy: 'Free some space, fix the permissions, or name another folder with `--history`.',
  },
  E_HOST_HEADER: {
    exitCode: 2,
    meaning: 'The `Host` header set by `--header` is not a host name.',
    remedy: 'Give a host like `shop.example.com`, with a port if need be.',
  },
  E_HOST_NOT_ALLOWED: {
    exitCode: 2,
    meaning: 'The target is another machine that is not on the list of allowed hosts.',
    remedy: 'If it is yours, add `--allow-host HOST`, or `allowHosts` in the config.',
  },
  E_K6_BIN: {
    exitCode: 4,
    meaning: '`K6_BIN` does not point to a k6 that this suite can use.',
    remedy: 'Point it to the version that is named, or unset it.',
  },
  E_K6_MIRROR: {
    exitCode: 2,
    meaning: '`K6_MIRROR` is not an http or https URL.',
    remedy: 'Correct it, or unset it.',
  },
  E_K6_SHA256: {
    exitCode: 2,
    meaning: '`K6_SHA256` is not a SHA-256 sum.',
    remedy: 'Set it to the 64 hexadecimal digits of the archive, or unset it.',
  },
  E_K6_START: {
    exitCode: 4,
    meaning: 'k6 is there, but cannot be started.',
    remedy: 'Run `npm run doctor`.',
  },
  E_K6_UNAVAILABLE: {
    exitCode: 4,
    meaning: 'k6 could be neither found, nor downloaded, nor built.',
    remedy:
      'The line lists what was tried. Allow access to GitHub, install Go, or set `K6_BIN` ([where it runs](where-it-runs.md)).',
  },
  E_LENS_FUNCTION: {
    exitCode: 2,
    meaning: 'The lens of AWS does not know which Lambda functions to look at.',
    remedy: 'Name them with `--function`, the one that takes orders first.',
  },
  E_LISTEN: {
    exitCode: 4,
    meaning: 'The embedded order API cannot listen on its port.',
    remedy: 'Choose another `--port`.',
  },
  E_LIVE_LISTEN: {
    exitCode: 4,
    meaning: 'The live report cannot be served.',
    remedy: 'Run without `--live`.',
  },
  E_LOCAL_TARGET: {
    exitCode: 4,
    meaning: 'The embedded order API did not start.',
    remedy: 'The line repeats what it printed last; start it alone with `npm run order-api`.',
  },
  E_LOG_FILE: {
    exitCode: 4,
    meaning: 'The embedded order API cannot write its log.',
    remedy: 'Choose another file with `--logs`, or `-` for stdout.',
  },
  E_MACHINE_LIMIT: {
    exitCode: 4,
    meaning: 'This machine cannot keep as many orders in flight as the load may need.',
    remedy: 'Lower `--rate` or `--timeout`, or raise the limit that is named.',
  },
  E_MERGE_DUPLICATE: {
    exitCode: 2,
    meaning: 'One runner is in several of the reports that are merged.',
    remedy: 'Name each report once.',
  },
  E_MERGE_EMPTY: {
    exitCode: 2,
    meaning: 'No report was named to be merged.',
    remedy: 'Name at least one.',
  },
  E_MERGE_MISMATCH: {
    exitCode: 2,
    meaning: 'The reports that are merged come from different runs.',
    remedy: 'Merge reports of the runners of one run; compare different runs.',
  },
  E_NIGHTLY_OUT: {
    exitCode: 2,
    meaning: 'The folder for the night is not empty.',
    remedy: 'Name a new folder with `--out`.',
  },
  E_NO_BROWSER: {
    exitCode: 4,
    meaning: 'There is no Chromium to take the screenshots of the docs with.',
    remedy: 'Install one as the line says.',
  },
  E_NO_ID: {
    exitCode: 2,
    meaning: '`batch` could not find its orders again, because no field holds an id of their own.',
    remedy:
      'Put `{{orderId}}` into the body, or set `idField` or `idFrom` ([which id](your-own-api.md#which-id-an-order-has)).',
  },
  E_NO_QUEUE: {
    exitCode: 2,
    meaning: 'The deployment has no queue, which `batch` loads.',
    remedy: 'Take `batch-25`, or a file of your own with `"queue": true`.',
  },
  E_NPM_TOOK_FLAG: {
    exitCode: 2,
    meaning: 'npm kept a flag for itself, so the command never saw it.',
    remedy: 'Put `--` before the flags: `npm run load:spike -- --rate 5`.',
  },
  E_OAUTH2: {
    exitCode: 2,
    meaning: 'An option for OAuth2 was given without a token endpoint.',
    remedy: 'Name the endpoint with `--oauth2-token-url`.',
  },
  E_OPTION: {
    exitCode: 2,
    meaning: 'A variable of a scenario that runs in plain k6 is not accepted.',
    remedy: 'Give what the line expects ([plain k6](plain-k6.md)).',
  },
  E_OPTION_INVALID: {
    exitCode: 2,
    meaning: 'The value of a flag, a variable or a key of the config file is not accepted.',
    remedy: 'Give what the line expects.',
  },
  E_OPTION_UNKNOWN: {
    exitCode: 2,
    meaning: 'A variable or a scenario in the config file looks misspelt.',
    remedy: 'The line suggests the name that was probably meant.',
  },
  E_PLAIN_K6: {
    exitCode: 2,
    meaning: 'An option works only in `npm run load`, not in plain k6.',
    remedy: 'Use what the line names instead, or run it with `npm run load`.',
  },
  E_PLATFORM_CREDENTIALS: {
    exitCode: 4,
    meaning: 'AWS was given no credentials, or does not accept them.',
    remedy:
      'Renew them, or name others (`AWS_PROFILE`); the AWS SDK finds them as the AWS CLI does.',
  },
  E_PLATFORM_DENIED: {
    exitCode: 4,
    meaning: 'The credentials lack a permission that changing or reading settings on AWS takes.',
    remedy: 'Add the one that is named ([the policy](deploy-aws.md#tune-it)).',
  },
  E_PLATFORM_NOT_FOUND: {
    exitCode: 2,
    meaning: 'The platform has no function or mapping of that name.',
    remedy: 'Check the name and the region; the outputs of the stack name both.',
  },
  E_PLATFORM_REFUSED: {
    exitCode: 2,
    meaning: 'The platform refuses a setting, or a function is in no state to be changed safely.',
    remedy: 'The line says what it refuses and why.',
  },
  E_PLATFORM_UNREACHABLE: {
    exitCode: 4,
    meaning: 'The platform whose settings are to be read or changed does not answer.',
    remedy: 'Check region, network and proxy, or start the local order API with `--control`.',
  },
  E_PORT_IN_USE: {
    exitCode: 4,
    meaning: 'Another process listens on the port of the embedded order API.',
    remedy: 'Stop it, or choose another `--port` (0 takes a free one).',
  },
  E_POWER_INPUT: {
    exitCode: 2,
    meaning:
      'An input file of aws-lambda-power-tuning cannot be read, or asks for what a sweep cannot do.',
    remedy: 'Fix the field that is named.',
  },
  E_PROMETHEUS: {
    exitCode: 2,
    meaning: 'An option for Prometheus was given without its address.',
    remedy: 'Name the address with `--prometheus`.',
  },
  E_PROXY: {
    exitCode: 2,
    meaning: 'A proxy in the environment is not a URL, or of a kind that k6 does not know.',
    remedy: 'Set it to an http, https or socks5 URL, or unset it.',
  },
  E_QUEUE_START: {
    exitCode: 4,
    meaning: 'The local SQS of the embedded order API did not start.',
    remedy: 'Run `npm ci` again, or leave `--queue` out.',
  },
  E_RAMP_ONLY: {
    exitCode: 2,
    meaning: '`--refine` narrows down a capacity, which only `ramp` measures.',
    remedy: 'Run `npm run load:ramp`, or leave it out.',
  },
  E_RECEIVER_EXPOSED: {
    exitCode: 2,
    meaning: 'The telemetry receiver would be open to other machines without a token.',
    remedy: 'Let it listen on loopback, or give it a token.',
  },
  E_RECEIVER_LISTEN: {
    exitCode: 4,
    meaning: 'The telemetry receiver cannot listen on its port.',
    remedy: 'Stop what holds the port, and run again.',
  },
  E_REPORT_UNREADABLE: {
    exitCode: 2,
    meaning: 'A report is missing, or is not the report of a run or the result of a sweep.',
    remedy: 'Give the `report.json` of a run, the `tune.json` of a sweep, or the folder of either.',
  },
  E_REPORT_VERSION: {
    exitCode: 2,
    meaning: 'A report has a major version that this suite does not read.',
    remedy: 'Read it with the version of the suite that wrote it.',
  },
  E_RESTORE: {
    exitCode: 4,
    meaning: 'Settings that a sweep changed could not be put back.',
    remedy:
      'The line names them with their former values. Run `npm run tune -- --restore` again, or set them by hand and delete the journal that is named.',
  },
  E_RESULTS_UNREADABLE: {
    exitCode: 2,
    meaning: 'The folder to be searched for reports cannot be read.',
    remedy: 'Give a folder of results.',
  },
  E_RESULTS_UNWRITABLE: {
    exitCode: 4,
    meaning: 'Results cannot be written to their folder.',
    remedy:
      'Free some space, fix the permissions, or name another folder with the flag in the line.',
  },
  E_SCENARIO: {
    exitCode: 2,
    meaning: 'k6 refuses to load the scenario.',
    remedy: 'Fix what k6 says in the line ([your own scenario](your-own-scenario.md)).',
  },
  E_SCRATCH_UNWRITABLE: {
    exitCode: 4,
    meaning: 'The temporary folder cannot be written to.',
    remedy: 'Free some space, or name another folder in `TMPDIR`.',
  },
  E_SECRET_INVALID: {
    exitCode: 2,
    meaning: 'A secret is blank, or has a line break or another control character in it.',
    remedy: 'Set the variable again: `TOKEN="$(command)"` drops the last line break.',
  },
  E_SECRET_MISSING: {
    exitCode: 2,
    meaning: 'A variable that headers or authentication need is not set.',
    remedy: 'Export it in the shell that runs npm.',
  },
  E_SLO_TIMEOUT: {
    exitCode: 2,
    meaning: 'The p95 SLO is not below the timeout, so no run could miss it.',
    remedy: 'Give a shorter `--slo-p95` or a longer `--timeout`.',
  },
  E_SMOKE_ONLY: {
    exitCode: 2,
    meaning: '`--learn` was given to a scenario that does not check the contract.',
    remedy: 'Run `npm run load:smoke -- --learn`.',
  },
  E_STOPPED: {
    exitCode: '130 or 143',
    meaning: '`npm run walkthrough` was stopped, so its page stays as it was.',
    remedy: 'Run it again, to its end.',
  },
  E_STORE_START: {
    exitCode: 4,
    meaning: 'The local DynamoDB of the embedded order API did not start.',
    remedy: 'Run `npm ci` again, or take `--store memory`.',
  },
  E_STORE_UNREACHABLE: {
    exitCode: 4,
    meaning: 'The table named by `--dynamodb-endpoint` cannot be opened.',
    remedy: 'Check the endpoint, the region and the credentials.',
  },
  E_SWEEP_RUNNING: {
    exitCode: 4,
    meaning: 'Another sweep that is still running changes the same function or mapping.',
    remedy: 'Wait for its end, or stop it; it puts its settings back.',
  },
  E_TARGET_UNREACHABLE: {
    exitCode: 4,
    meaning: 'The target gave no HTTP response before the load, so nothing was sent.',
    remedy: 'Check host, port, VPN and proxy ([what stands in the line](troubleshooting.md)).',
  },
  E_TARGET_URL: {
    exitCode: 2,
    meaning: 'The target is not a plain http or https URL.',
    remedy: 'Give the base URL without credentials, query or fragment.',
  },
  E_TOKEN: {
    exitCode: 4,
    meaning: 'There was no bearer token to start with, so nothing was sent.',
    remedy:
      'The line says why; run the command, or ask the token endpoint, by hand ([getting in](getting-in.md)).',
  },
  E_USAGE: {
    exitCode: 2,
    meaning: 'The command line is not what the command takes.',
    remedy: 'The line says what is wrong; `--help` lists the flags.',
  },
  E_WALKTHROUGH_RUN: {
    exitCode: 'that of the run, or 4',
    meaning: 'A run of `npm run walkthrough` has no figures.',
    remedy: 'Run the command that is named: it prints the reason.',
  },
  E_WALKTHROUGH_TRUTH: {
    exitCode: 4,
    meaning: 'The embedded order API ended before `npm run walkthrough` could ask what it counted.',
    remedy: 'Run it again when the machine is less busy.',
  },
} as const satisfies Readonly<Record<`E_${string}`, ErrorMeaning>>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The codes whose exit code is one of `Exit`. */
export type ErrorCodeOf<Exit> = {
  [Code in ErrorCode]: (typeof ERROR_CODES)[Code]['exitCode'] extends Exit ? Code : never;
}[ErrorCode];
