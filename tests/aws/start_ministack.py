"""MiniStack, with two things that it lacks of AWS: the filter ?"one" ?"other" of CloudWatch Logs, which finds lines that
have any of them, and the REPORT line in the tail of a direct call."""

import re
import runpy

from ministack.services import cloudwatch_logs, lambda_svc

compile_pattern = cloudwatch_logs._compile_filter_pattern
append_events = cloudwatch_logs._append_log_events
dispatch = lambda_svc._execute_function_dispatch
reports = {}


def compile_any(raw):
    terms = [term.strip('"') for term in re.findall(r'\?("[^"]*"|\S+)', raw or "")]
    if not terms:
        return compile_pattern(raw)
    return lambda message: any(term in message for term in terms)


def append_and_keep(stream, events):
    message = events[-1]["message"]
    if message.startswith("REPORT RequestId: "):
        reports[re.split(r"[ \t]", message)[2]] = message
    return append_events(stream, events)


def dispatch_with_report(func, config, event, request_id, started):
    result = dispatch(func, config, event, request_id, started)
    report = reports.pop(request_id, None)
    if report is not None and isinstance(result, dict):
        result["log"] = f"{result.get('log') or ''}\n{report}\n"
    return result


cloudwatch_logs._compile_filter_pattern = compile_any
cloudwatch_logs._append_log_events = append_and_keep
lambda_svc._execute_function_dispatch = dispatch_with_report
runpy.run_module("ministack", run_name="__main__")
