import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/**
 * A runtime of Lambda: loads `FILE.EXPORT`, the last argument, and hands it one event after the other
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
const { AWS_LAMBDA_RUNTIME_API, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } =
  process.env;
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const post = (path, value) =>
  fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(value) });
const failure = ({ name, message }) => ({ errorType: name, errorMessage: message });

const [file, name] = process.argv.at(-1).split('.');
let handler;
try {
  handler = createRequire(import.meta.url)(resolve(`${file}.js`))[name];
} catch (error) {
  await post('init/error', failure(error));
  process.exit(1);
}
for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const awsRequestId = next.headers.get('lambda-runtime-aws-request-id');
  const context = {
    awsRequestId,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  };
  try {
    await post(`invocation/${awsRequestId}/response`, await handler(await next.json(), context));
  } catch (error) {
    await post(`invocation/${awsRequestId}/error`, failure(error));
  }
}
